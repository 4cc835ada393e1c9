// A machine whose clock is wrong says so, and one source with a wrong clock is no reason to.
import { afterEach, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { tellCall } from '../../../src/http/source-calls.ts';
import { createMetrics } from '../../../src/web/health/metrics.ts';
import { watchClock } from '../../../src/wiring/health/clock-check.ts';

let check: ReturnType<typeof watchClock>;
afterEach(() => check.end());

function open() {
  const metrics = createMetrics();
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [], write: (line) => void lines.push(line) });
  const clock = { now: 0 };
  check = watchClock(metrics, { log, monotonic: () => clock.now });
  return {
    lines,
    clock,
    says: (source: string, aheadMs: number | null) => tellCall({ source, endpoint: '', outcome: 'ok', ms: 1, aheadMs }),
    figure: async () => /^taobot_clock_ahead_seconds (.*)$/m.exec(await metrics.render())?.[1],
  };
}

it('two sources say that it is minutes ahead: warned once an hour, told by the figure, over when it is put right', async () => {
  const { lines, clock, says, figure } = open();
  expect(await figure()).toBe('0');
  says('CoinGecko', 3 * MINUTE);
  expect(lines).toEqual([]);
  for (let minute = 0; minute < 90; minute++) {
    clock.now += MINUTE;
    says('CoinGecko', 3 * MINUTE);
    says('node.example', 3 * MINUTE - 500);
  }
  expect(await figure()).toBe('179.5');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"aheadMs":179500');
  says('CoinGecko', 0);
  expect(await figure()).toBe('0');
});

it('behind counts as well', async () => {
  const { lines, says, figure } = open();
  says('CoinGecko', -2 * MINUTE);
  says('Kraken', -3 * MINUTE);
  expect([await figure(), lines.length]).toEqual(['-120', 1]);
});

it.each([
  ['one of them has the same time', [5 * MINUTE, 0]],
  ['they contradict each other', [5 * MINUTE, -5 * MINUTE]],
  ['it is seconds', [9000, 8000]],
  ['one says nothing usable', [5 * MINUTE, null]],
])('no warning where %s', (_, [first = null, second = null]) => {
  const { lines, says } = open();
  says('CoinGecko', first);
  says('Kraken', second);
  expect(lines).toEqual([]);
});

it('what was said more than an hour ago is forgotten', async () => {
  const { lines, clock, says, figure } = open();
  says('CoinGecko', 5 * MINUTE);
  clock.now += HOUR;
  says('Kraken', 5 * MINUTE);
  expect([await figure(), lines.length]).toEqual(['300', 0]);
});

it('two sources that have spoken since a moment confirm the clock, one alone or from before does not, nor one that says otherwise', () => {
  const { clock, says } = open();
  says('CoinGecko', 0);
  says('Kraken', 500);
  clock.now += MINUTE;
  expect([check.agrees(0), check.agrees(MINUTE)]).toEqual([true, false]);
  says('CoinGecko', 0);
  expect(check.agrees(MINUTE)).toBe(false);
  says('Kraken', 5 * MINUTE);
  expect(check.agrees(MINUTE)).toBe(true); // they contradict each other, so one of them is wrong itself
  says('CoinGecko', 5 * MINUTE);
  expect(check.agrees(MINUTE)).toBe(false);
  says('CoinGecko', 0);
  clock.now += HOUR;
  expect(check.agrees(MINUTE)).toBe(false);
});
