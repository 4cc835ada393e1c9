// How many alerts there may be, which ones are asked back, and how long they live.
import { afterEach, expect, it } from 'vitest';
import type { AlertWish } from '../../src/alerts/alerts.ts';
import type { AlertRow } from '../../src/store/alerts/alerts.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { DAY } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

async function opened(): Promise<void> {
  stage = await openAlertStage();
  await stage.price(START, 280);
}

/** "made", or the code of the refusal. */
async function made(price: number, change: Partial<AlertWish> = {}, asker = ASKER): Promise<string | undefined> {
  return await stage.alerts.create(wish({ condition: { kind: 'above', price }, ...change }), asker).then(
    () => 'made',
    (error: unknown) => (error as { code?: string }).code,
  );
}

/** So many alerts like the first one, of other people in other channels but for what `change` says. */
async function copies(count: number, change: Partial<AlertRow>): Promise<void> {
  const row = await stage.database.sql.selectFrom('alert').selectAll().executeTakeFirstOrThrow();
  for (let from = 0; from < count; from += 50)
    await stage.database.sql
      .insertInto('alert')
      .values(
        Array.from({ length: Math.min(50, count - from) }, (_, index) => {
          const name = `${from + index}`;
          return { ...row, id: `copy${name}`, owner: `o${name}`, channel: `user:o${name}`, ...change };
        }),
      )
      .execute();
}

it('a person has 25 alerts at most; one that is deleted makes room', async () => {
  await opened();
  for (let count = 0; count < 25; count++) expect(await made(300 + count * 5)).toBe('made');
  expect(await made(600)).toBe('quota');
  expect(await made(600, {}, { ...ASKER, userId: 'u2' })).toBe('made');
  const [first] = await stage.alerts.list(ASKER);
  await stage.alerts.remove(first?.id ?? '', ASKER);
  expect(await made(600)).toBe('made');
});

it('a channel has 50 at most, whoever made them', async () => {
  await opened();
  expect(await made(300, { channel: 'c9' })).toBe('made');
  await copies(48, { channel: 'c9' });
  expect(await made(310, { channel: 'c9' })).toBe('made');
  expect(await made(320, { channel: 'c9' })).toBe('quota');
  expect(await made(320)).toBe('made');
});

it('a server has 1,000 at most', async () => {
  await opened();
  expect(await made(300)).toBe('made');
  await copies(998, {});
  expect(await made(310)).toBe('made');
  expect(await made(320)).toBe('quota');
  expect(await made(320, {}, { ...ASKER, tenant: 't2' })).toBe('made');
});

it('the same target within 0.1 % is refused', async () => {
  await opened();
  expect(await made(300)).toBe('made');
  expect(await made(300.29)).toBe('same-alert');
  expect(await made(299.71)).toBe('same-alert');
  expect(await made(300.4)).toBe('made');
});

it('the other side, another place, and what was told already are no twins', async () => {
  await opened();
  expect(await made(290)).toBe('made');
  expect(await made(290, { condition: { kind: 'below', price: 290 } })).toBe('made');
  expect(await made(290, { channel: 'c9' })).toBe('made');
  await stage.price(START + 60_000, 291);
  expect((await stage.alerts.list(ASKER)).filter(({ status }) => status === 'done')).toHaveLength(2);
  expect(await made(290)).toBe('made');
});

it('direct messages outside any server share no limit', async () => {
  await opened();
  const alone = { ...ASKER, tenant: '-', channel: '-' };
  expect(await made(300, {}, alone)).toBe('made');
  await copies(1_000, { tenant: '-' });
  expect(await made(310, {}, alone)).toBe('made');
});

it('a price below a fifth or above five times the present one is asked back', async () => {
  await opened();
  for (const price of [55.9, 1400.1]) expect(await made(price)).toBe('far-target');
  for (const price of [56, 1400]) expect(await made(price)).toBe('made');
  const slip = wish({ condition: { kind: 'above', price: 3_000 } });
  await expect(stage.alerts.create(slip, ASKER)).rejects.toThrow('Did you mean 300 USD?');
});

it.each([
  ['down', 100, 'impossible-move'],
  ['down', 250, 'impossible-move'],
  ['either', 1_001, 'impossible-move'],
  ['up', 0.0001, 'impossible-move'],
  ['down', 99, 'made'],
  ['up', 1_000, 'made'],
  ['either', 0.1, 'made'],
] as const)('a move %s of %d %% is %s', async (direction, percent, outcome) => {
  await opened();
  const condition = { kind: 'move', percent, direction, window: '24h' } as const;
  expect(await made(0, { condition })).toBe(outcome);
});

it('every platform has people to tell, but for the web page', async () => {
  await opened();
  expect(await made(300, {}, { ...ASKER, platform: 'a-new-chat' })).toBe('made');
  expect(await made(305, {}, { ...ASKER, platform: 'web' })).toBe('nobody-to-tell');
});

it('an alert lives 365 days at most, however far it is extended', async () => {
  await opened();
  expect(await made(300, { days: 366 })).toBe('bad-expiry');
  const { alert } = await stage.alerts.create(wish({ days: 365 }), ASKER);
  expect(alert.expiresAt).toBe(START + 365 * DAY);
  expect((await stage.alerts.extend(alert.id, ASKER, 1_000)).expiresAt).toBe(START + 365 * DAY);
});

it('one that was told and is started again needs room like a new one', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish({ condition: { kind: 'above', price: 290 } }), ASKER);
  await stage.price(START + 60_000, 291);
  await stage.price(START + 120_000, 280);
  for (let count = 0; count < 25; count++) expect(await made(300 + count * 5)).toBe('made');
  await expect(stage.alerts.resume(alert.id, ASKER)).rejects.toMatchObject({ code: 'quota' });
  const [, first] = await stage.alerts.list(ASKER);
  await stage.alerts.pause(first?.id ?? '', ASKER);
  expect((await stage.alerts.resume(first?.id ?? '', ASKER)).status).toBe('active'); // it had its place
  await stage.alerts.remove(first?.id ?? '', ASKER);
  expect((await stage.alerts.resume(alert.id, ASKER)).status).toBe('active');
});

it('one that ended and is kept longer needs room like a new one', async () => {
  await opened();
  const { alert } = await stage.alerts.create(wish({ condition: { kind: 'above', price: 290 }, days: 1 }), ASKER);
  await stage.at(START + 2 * DAY);
  for (let count = 0; count < 25; count++) expect(await made(300 + count * 5)).toBe('made');
  await expect(stage.alerts.extend(alert.id, ASKER, 5)).rejects.toMatchObject({ code: 'quota' });
});

it('what waits is listed, however much was told in the last month', async () => {
  await opened();
  await stage.alerts.create(wish(), ASKER);
  await copies(120, { owner: 'u1', channel: 'user:u1', status: 'done' });
  await stage.at(START + 60_000);
  const { alert } = await stage.alerts.create(wish({ condition: { kind: 'above', price: 400 } }), ASKER);
  const listed = await stage.alerts.list(ASKER);
  expect(listed).toHaveLength(100);
  expect(listed.at(-1)?.id).toBe(alert.id); // the oldest first
  expect(await made(400)).toBe('same-alert');
});

it('what waits in a channel is listed, however much was told there in the last month', async () => {
  await opened();
  await stage.alerts.create(wish({ channel: 'c1' }), { ...ASKER, userId: 'u2' });
  await copies(120, { channel: 'c1', status: 'done' });
  await stage.at(START + 60_000);
  const late = wish({ condition: { kind: 'above', price: 400 }, channel: 'c1' });
  const { alert } = await stage.alerts.create(late, { ...ASKER, userId: 'u2' });
  expect((await stage.alerts.list(ASKER)).at(-1)?.id).toBe(alert.id);
});
