// "when tao drops 10% in a day": the alert is offered, and nothing is set before the button is pressed.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const ask = (command: string, args: Record<string, string>): Promise<Card> =>
  core.dispatch({
    platform: 'terminal',
    command,
    args,
    user: { id: 'u', canManage: true },
    place: { tenant: '-', channel: 'c' },
    locale: 'en',
    via: 'control',
  });

it('sets the alert by its button only', async () => {
  const offer = await ask('alert create', { target: 'tao', condition: 'drops 10% in a day', offer: 'true' });
  expect(plainText(offer)).toContain('Nothing is set yet.');
  expect(plainText(await ask('alert list', {}))).toContain('No alerts yet');
  const button = offer.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))[0];
  const { command = '', args = {} } = button?.invocation ?? {};
  expect((await ask(command, { ...args })).title).toBe('Alert set');
  expect(plainText(await ask('alert list', {}))).toContain('TAO −10% in 24 h');
});
