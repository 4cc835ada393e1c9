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
