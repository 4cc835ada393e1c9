// The event loop's delay: one monitor, read over fixed windows, so that whoever scrapes sees what every other scraper sees.
import { createHistogram } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { measureLoop, WINDOW_MS } from '../../../src/wiring/health/loop-delay.ts';
import { createMetrics } from '../../../src/web/health/metrics.ts';

/** A monitor whose measurements the test writes, and a timer that it turns. */
function stage() {
  const monitor = Object.assign(createHistogram(), { enable: () => true, disable: () => true });
  const timers: { ms: number; work: () => void }[] = [];
  const metrics = createMetrics();
  const end = measureLoop(metrics, {
    monitor,
    every: (ms, work) => {
      timers.push({ ms, work });
      return () => void timers.splice(0);
    },
  });
  const scrape = async () => {
    const lines = (await metrics.render()).split('\n').filter((line) => line.startsWith('taobot_event_loop_delay'));
    return Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
  };
  const endWindow = () => timers.forEach(({ work }) => work());
  /** `ms`: how late a turn was. Monitors count the 20 ms between two looks, too. */
  const late = (ms: number, times = 1) => {
    for (let time = 0; time < times; time++) monitor.record((ms + 20) * 1e6);
  };
  return { scrape, endWindow, late, end, timers };
}

const GAUGE = 'taobot_event_loop_delay_p99_seconds';
const COUNT = 'taobot_event_loop_delay_seconds_count';

it('two scrapers in a row see the same, the gauge and the histogram come from one window', async () => {
  const { scrape, endWindow, late, timers } = stage();
  expect(timers.map(({ ms }) => ms)).toEqual([WINDOW_MS]);
  expect(await scrape()).toMatchObject({ [GAUGE]: 0, [COUNT]: 0 });
  late(0, 50);
  late(300, 2);
  endWindow();
  const first = await scrape();
  expect(first[GAUGE]).toBeCloseTo(0.3, 2);
  expect(first).toMatchObject({
    [COUNT]: 1,
    'taobot_event_loop_delay_seconds_bucket{le="0.25"}': 0,
    'taobot_event_loop_delay_seconds_bucket{le="0.5"}': 1,
  });
  late(5, 3); // the window under way is not shown before it ends
  expect(await scrape()).toEqual(first);
  expect(await scrape()).toEqual(first);
});

it('a calm window follows a bad one, and an idle loop has no delay', async () => {
  const { scrape, endWindow, late } = stage();
  late(900, 10);
  endWindow();
  late(0, 500);
  endWindow();
  expect((await scrape())[GAUGE]).toBeLessThan(0.001);
  expect(await scrape()).toMatchObject({ [COUNT]: 2, 'taobot_event_loop_delay_seconds_bucket{le="0.005"}': 1 });
});

it('a window without a single look (the process was stopped) keeps the last figures', async () => {
  const { scrape, endWindow, late, end, timers } = stage();
  late(300, 2);
  endWindow();
  const before = await scrape();
  endWindow();
  expect(await scrape()).toEqual(before);
  end();
  expect(timers).toEqual([]);
});
