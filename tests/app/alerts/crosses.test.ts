// "Crosses": the button for the other side of the price sets the same alert, with its place, its end and how often it tells.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { encodeInvocation } from '../../../src/app/control-id.ts';
import { openSampleCore } from '../../fakes/core.ts';

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

const create = (args: Record<string, string>, user: string): Promise<Card> =>
  core.dispatch({
    platform: 'discord',
    command: 'alert create',
    args,
    user: { id: user, canManage: true },
    place: { tenant: 'g1', channel: '123456789012345678' },
    locale: 'en',
    via: 'command',
  });

const other = (card: Card) =>
  card.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find(({ label }) => label === 'Also below')?.invocation;

/** What the answer says of an alert, but for the side of the price. */
const fields = (card: Card) =>
  card.blocks
    .flatMap((block) => (block.kind === 'fields' ? block.fields : []))
    .filter(({ label }) => ['Tells', 'Until'].includes(label));

it.each([
  { condition: 'crosses 300' },
  { condition: 'crosses 300 until 24 dec', repeat: 'always' },
  { condition: 'crosses 300', expires: '90' },
  { condition: 'crosses 300 for 2 weeks', channel: 'here', repeat: 'daily' },
])('%j', async (args) => {
  const user = JSON.stringify(args);
  const first = await create(args, user);
  const invocation = other(first);
  expect(invocation).toBeDefined();
  if (invocation === undefined) return;
  expect(encodeInvocation(invocation).length).toBeLessThanOrEqual(100);
  const second = await create({ ...invocation.args }, user);
  expect(second.title).toBe('Alert set');
  expect(fields(second)).toEqual(fields(first));
});
