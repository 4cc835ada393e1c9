// The clock of the machine is set by hours while the bot runs: lengths of time stay what they are, for supervisors and for people.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { gauges } from '../../../src/wiring/health/gauges.ts';
import { readiness } from '../../../src/wiring/health/readiness.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

const TICKS = { ok: true, stuck: false, detail: 'last tick 1 s ago', lastAt: 0, failures: 0 };
const place = { tenant: '-', channel: 'c1' };
let test: TestCore;
let wall: number;
let steady: number;
beforeEach(async () => {
  [wall, steady] = [Date.parse('2026-11-22T10:00:00Z'), 5_000];
  test = await openTestCore({ now: () => wall, monotonic: () => steady });
});
afterEach(() => test.close());

function pass(ms: number): void {
  wall += ms;
  steady += ms;
}

/** `/readyz` on prices, the figure behind the alert rule (s), and the lines of `/about` that tell a length of time. */
async function told(): Promise<{ ready: string | undefined; ageSeconds: number | undefined; about: string[] }> {
  const core = { services: test.services, deliveries: { health: () => TICKS } };
  const probe = () => Promise.resolve({ ok: true, ms: 1, detail: 'answers in 1 ms' });
  const checks = await readiness({ core, chats: [], probe, now: () => wall });
  const prices = checks.find(({ name }) => name === 'prices');
  const sample = gauges(test, [], () => wall).find(({ name }) => name === 'taobot_price_answer_age_seconds');
  const asked = await test.dispatch({
    platform: 'terminal',
    command: 'about',
    args: {},
    user: { id: 'u1', canManage: false },
    place,
    locale: 'en',
    via: 'text',
  });
  const card = plainText(asked);
  return {
    ready: prices === undefined ? undefined : `${String(prices.ok)}: ${prices.detail}`,
    ageSeconds: sample?.value,
    about: card.split('\n').filter((line) => /uptime|coingecko: /i.test(line)),
  };
}

it.each([
  ['back', -5 * HOUR],
  ['back by days', -50 * HOUR],
  ['forward', 5 * HOUR],
])('set %s: how long ago a source answered, and the uptime', async (_way, stepMs) => {
  await test.services.market.quotes(['bittensor'], 'usd');
  await expect.poll(() => test.services.market.directoryComplete()).toBe(true);
  await test.gecko.down();
  wall += stepMs;
  pass(20 * MINUTE);
  await test.services.market.quotes(['bittensor'], 'usd');
  expect(await told()).toEqual({
    ready: 'false: last answer of a source 20 min ago (CoinGecko could not be reached)',
    ageSeconds: 1200,
    about: [
      'Uptime: 20 min',
      '- coingecko: cooling, last answer 20 min ago (last problem: CoinGecko could not be reached)',
    ],
  });
});

it('set forward before any source answered: the start was a minute ago', async () => {
  await test.gecko.down();
  wall += 5 * HOUR;
  pass(MINUTE);
  await test.services.market.quotes(['bittensor'], 'usd');
  expect(await told()).toEqual({
    ready: 'true: no source answered since the start',
    ageSeconds: 60,
    about: ['Uptime: 60 s', '- coingecko: cooling, not used yet (last problem: CoinGecko could not be reached)'],
  });
});
