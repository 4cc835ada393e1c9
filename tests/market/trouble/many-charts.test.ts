// Charts cost calls: one asker cannot take them all, digests and profiled coins keep a part, and what is known already costs nobody anything.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, type Scene } from '../scene.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

const OTHERS = Array.from({ length: 20 }, (_, at) => `coin-${at}`);
const RANGES = ['24h', '7d', '30d', '90d', '1y'] as const;
const ALL = OTHERS.flatMap((id) => RANGES.map((range) => [id, range] as const));

/** Asks for charts of other coins, one a second; how many came, and the last reason for one that did not. */
async function ask(asker: string | undefined, wanted = ALL, everyMs = 1_000) {
  let [came, reason] = [0, ''];
  for (const [id, range] of wanted) {
    scene.clock.now += everyMs;
    const { series, ...rest } = await scene.market.history(id, 'eur', range, asker);
    if (series !== null) came += 1;
    else if ('reason' in rest) reason = rest.reason;
  }
  return { came, reason };
}

it('one visitor asks for a hundred charts: a few come, and everybody else still has theirs', async () => {
  scene = await openScene({ plan: 'demo' });
  const greedy = await ask('web:203.0.113.7');
  expect(greedy.came).toBeLessThanOrEqual(10);
  expect(greedy.reason).toMatch(/^that was your last new chart for now; the next one in \d+ minutes$/);
  const others = await ask('discord:1:2', ALL.slice(-3));
  expect(others).toEqual({ came: 3, reason: '' });
  scene.clock.now += HOUR;
  expect((await ask('web:203.0.113.7', ALL.slice(-4, -3))).came).toBe(1);
});

it('a crowd asks for the charts of other coins: profiled coins and digests keep their part', async () => {
  scene = await openScene({ plan: 'demo' });
  let reason = '';
  for (let person = 0; person < 30; person++) {
    scene.clock.now += MINUTE; // the minute's own limit is another matter
    reason = (await ask(`discord:1:${person}`, ALL.slice(3 * person, 3 * person + 3))).reason || reason;
  }
  expect(reason).toBe('the rest of our CoinGecko budget for charts is reserved for digests and coins with a profile');
  for (const range of RANGES)
    expect((await scene.market.history('bittensor', 'usd', range, 'slack:1:1')).series).not.toBeNull();
  expect((await scene.market.history('coin-19', 'usd', '30d')).series).not.toBeNull(); // a digest
});

it('without a limit for the month, a part of each minute is kept', async () => {
  scene = await openScene({ plan: 'keyless' });
  let came = 0;
  for (let person = 0; person < 10; person++)
    came += (await ask(`slack:1:${person}`, ALL.slice(person, person + 1))).came;
  expect(came).toBeLessThanOrEqual(6);
  expect((await scene.market.history('bittensor', 'usd', '30d', 'slack:1:1')).series).not.toBeNull();
});

it('a refusal is told to the one who asked too much, and to nobody else', async () => {
  scene = await openScene({ plan: 'demo' });
  await ask('web:203.0.113.7');
  const [id, range] = ALL[60] ?? (['coin-12', '24h'] as const);
  const [refused, given] = await Promise.all([
    scene.market.history(id, 'eur', range, 'web:203.0.113.7'),
    scene.market.history(id, 'gbp', range, 'web:198.51.100.1'),
  ]);
  expect([refused.series, given.series === null]).toEqual([null, false]);
  expect((await scene.market.history(id, 'eur', range, 'web:198.51.100.1')).series).not.toBeNull();
});

it('nor to one who asks for the very same chart at the same time', async () => {
  scene = await openScene({ plan: 'demo' });
  await ask('web:203.0.113.7');
  const [refused, given] = await Promise.all([
    scene.market.history('coin-12', 'eur', '1y', 'web:203.0.113.7'),
    scene.market.history('coin-12', 'eur', '1y', 'web:198.51.100.1'),
  ]);
  expect(given.series).not.toBeNull();
  expect(refused.series).toBeNull();
});

it('what is known costs nobody a call', async () => {
  scene = await openScene({ plan: 'demo' });
  const same = Array.from({ length: 50 }, () => ['coin-1', '30d'] as const);
  expect(await ask('web:203.0.113.7', same)).toEqual({ came: 50, reason: '' });
  expect(scene.gecko.count('/market_chart')).toBe(1);
});
