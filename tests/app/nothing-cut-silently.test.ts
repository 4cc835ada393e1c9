// Whatever is left out of an answer because it is too much, the answer says so, with the true count.
import { expect, it } from 'vitest';
import { plainText } from '../../src/app/plain-text.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const COINS = Array.from({ length: 35 }, (_, index) => `c${index}`).join(' ');

it.each([
  [`/price ${COINS}`, 'That is 35 coins'],
  [`/compare ${COINS}`, 'you gave 35'],
  ['/compare tao near fet render icp grt btc', 'you gave 7'],
  ['/digest create 09:00 tao near fet render icp grt', 'That is 6 coins'],
  ['top 13 coins', 'more than 10 do not fit one answer'],
])('%s', async (text, words) => {
  await stage.directory();
  expect(plainText(await stage.ask(text, { user: { id: 'u', canManage: true } }))).toContain(words);
});

it.each([
  [20, false],
  [21, true],
])('a history of %i events', async (count, isSaid) => {
  await stage.ask('/alert new subnet');
  const { database, services } = stage.core;
  const [alert] = await services.alerts.list({ platform: 'terminal', tenant: '-', channel: '-', userId: 'u' });
  const told = { alert_id: alert?.id ?? '', occurrence: null, kind: 'told', at: stage.clock, value: null } as const;
  const rows = Array.from({ length: count }, (_, index) => ({ ...told, id: `e${index}` }));
  await database.sql.insertInto('alert_event').values(rows).execute();
  expect(plainText(await stage.ask('/alert history')).includes('there are older ones')).toBe(isSaid);
});

it('a field that is longer than what is read', async () => {
  const long = `what is a subnet? ${'x '.repeat(1500)}`;
  const answer = (question: string) => stage.ask('', { command: 'faq', args: { question }, via: 'command' });
  expect(plainText(await answer(long))).toContain('I read only the first 2,000 characters of question.');
  expect(plainText(await answer('what is a subnet?'))).not.toContain('I read only');
});

it.each([
  ['gap', 30, 'and 9 more'],
  ['gap', 150, 'more, and others that were asked less often'],
  ['mismatch', 12, 'and 4 more'],
  ['vote', 9, 'and 4 more'],
])('what managers are told of %s, %i rows', async (table, count, words) => {
  const { database } = stage.core;
  const tenant = 'terminal:-';
  const names = Array.from({ length: count }, (_, index) => `${String.fromCodePoint(0x4e00 + index)}${index}`);
  if (table === 'gap')
    await database.sql
      .insertInto('gap')
      .values(names.map((question) => ({ tenant, question, count: 1, last_at: stage.clock })))
      .execute();
  if (table === 'mismatch')
    await database.sql
      .insertInto('mismatch')
      .values(names.map((kind) => ({ tenant, kind, entry_id: 'halving', wrong: 1, other: 0 })))
      .execute();
  if (table === 'vote')
    await database.sql
      .insertInto('vote')
      .values(names.map((entry_id) => ({ tenant, entry_id, useful: 0, not_useful: 1 })))
      .execute();
  expect(plainText(await stage.ask('/faq-gaps', { user: { id: 'u', canManage: true } }))).toContain(words);
});
