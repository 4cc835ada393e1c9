// A conversion with an unknown coin: the near ones that are offered lead to the same conversion, with the same amount and direction.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card, Invocation } from '../../src/app/card.ts';
import { openSampleCore } from '../fakes/core.ts';

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

function ask(invocation: Invocation): Promise<Card> {
  const place = { tenant: '-', channel: '-' };
  const user = { id: 'u', canManage: true };
  return core.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' });
}

it.each([
  [{ amount: '5', from: 'bittensr', to: 'eur' }, '5 TAO in EUR'],
  [{ amount: '5', from: 'eur', to: 'bittensr' }, '€5.00 in TAO'],
  [{ amount: '2.5', from: 'bitcoinn', to: 'tao' }, '2.5 BTC in TAO'],
])('%j', async (args, title) => {
  const card = await ask({ command: 'convert', args });
  expect(card.outcome).toBe('not-found');
  const [first] = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  expect((await ask(first?.invocation ?? { command: '', args: {} })).title).toBe(title);
});
