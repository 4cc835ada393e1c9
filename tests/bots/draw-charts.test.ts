// Pictures of a card: those that are finished in time; one that fails or hangs costs only itself.
import { expect, it } from 'vitest';
import type { Card, CardChart } from '../../src/app/card.ts';
import { drawCharts } from '../../src/bots/draw-charts.ts';
import { createTestClock } from '../fakes/clock.ts';

const chart = (fileName: string, png?: CardChart['png']): CardChart => ({
  title: 't',
  alt: 'a',
  fileName,
  unit: { percent: true },
  series: [],
  ...(png === undefined ? {} : { png }),
});
const cardOf = (charts: readonly CardChart[]): Card => ({
  kind: 'x',
  outcome: 'ok',
  tone: 'info',
  title: 'x',
  blocks: charts.map((one) => ({ kind: 'chart', chart: one })),
});
const quick = (theme: string) => Promise.resolve(Buffer.from(theme));

it('leaves out what fails, what hangs, what has no picture, and what is too many', async () => {
  const clock = createTestClock();
  const warnings: unknown[] = [];
  const note = (fields: object) => void warnings.push(fields);
  const tools = { log: { debug: note, info: note, warn: note, error: note }, sleep: clock.sleep };
  const charts = [
    chart('without.png'),
    chart('good.png', quick),
    chart('broken.png', () => Promise.reject(new Error('no'))),
    chart('hanging.png', () => new Promise(() => undefined)),
    chart('fifth.png', quick),
  ];
  const drawing = drawCharts(cardOf(charts), 'light', 700, { ...tools, most: 3 });
  await clock.advance(700);
  const drawn = [...(await drawing)].map(([{ fileName }, png]) => [fileName, Buffer.from(png).toString()]);
  expect(drawn).toEqual([['good.png', 'light']]);
  expect(warnings).toMatchObject([{ chart: 'broken.png' }]);
});

it('waits for nothing when there is nothing to draw', async () => {
  const clock = createTestClock();
  const quiet = () => undefined;
  const tools = { log: { debug: quiet, info: quiet, warn: quiet, error: quiet }, sleep: clock.sleep };
  expect((await drawCharts(cardOf([]), 'dark', 700, tools)).size).toBe(0);
  expect(clock.waits()).toEqual([]);
});
