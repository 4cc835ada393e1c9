// Exchange rates that jump: held back at first, believed when they last, and never older than they say.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, START, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { askFor, minutesUntil } from './ask.ts';
import { HOUR } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

async function rate(currency: string) {
  const found = await scene.market.rate('usd', currency);
  if (found.rate === null) throw new Error(found.reason);
  return { ...found, ageMs: scene.clock.now - found.at };
}

/** Converts every `everyMinutes`; the rates shown. */
async function convertFor(minutes: number, currency: string, everyMinutes = 1) {
  const shown: Awaited<ReturnType<typeof rate>>[] = [];
  for (let passed = everyMinutes; passed <= minutes; passed += everyMinutes) {
    scene.clock.now += everyMinutes * MINUTE;
    shown.push(await rate(currency));
  }
  return shown;
}

it('the peso at half its worth overnight: old rate with its true age at first, the new one within half an hour', async () => {
  scene = await openScene();
  scene.gecko.rates.set('ars', 366);
  await tao(scene.market);
  expect((await rate('ars')).rate).toBeCloseTo(366, 6);
  scene.gecko.rates.set('ars', 800);
  const shown = await convertFor(60, 'ars');
  const found = minutesUntil(shown, ({ rate: value }) => Math.abs(value - 800) < 1e-6);
  expect(found).toBeGreaterThan(15); // not at the first sight
  expect(found).toBeLessThanOrEqual(45);
  for (const [index, { rate: value, ageMs }] of shown.entries())
    if (value < 700) expect(ageMs).toBe((index + 1) * MINUTE); // never younger than the reading that it is from
  expect(scene.log.count('exchange rate held back: it jumped')).toBe(1);
  expect(scene.log.count('exchange rate believed after a jump: it has lasted')).toBe(1);
  expect(scene.market.status().doubts.rates).toEqual({ open: 0, oldestMs: 0 });
});

it('a rate that is a thousand times wrong for an hour is not believed, from the table or from prices', async () => {
  scene = await openScene();
  await tao(scene.market, 'eur');
  scene.gecko.rates.set('eur', 860);
  for (let minute = 0; minute < 60; minute++) {
    expect((await rate('eur')).rate).toBeCloseTo(0.86, 6);
    expect((await askFor(scene, MINUTE, { currency: 'eur' }))[0]?.price).toBeCloseTo(250.28 * 0.86, 6);
    if (minute === 30) scene.gecko.broken.add('/exchange_rates');
  }
});

it('seldom asked, it is believed after a few sights all the same', async () => {
  scene = await openScene();
  scene.gecko.rates.set('ars', 366);
  await rate('ars');
  scene.gecko.rates.set('ars', 800);
  expect((await convertFor(12 * 60, 'ars', 180)).at(-1)?.rate).toBeCloseTo(800, 6);
});

it('a rate that was wrong for five minutes is never shown', async () => {
  scene = await openScene();
  await rate('eur');
  scene.clock.now += 20 * MINUTE;
  scene.gecko.rates.set('eur', 0.086);
  expect((await rate('eur')).rate).toBeCloseTo(0.86, 6);
  expect(scene.market.status().doubts.rates.open).toBe(1);
  scene.gecko.rates.set('eur', 0.87);
  const shown = await convertFor(60, 'eur');
  expect(new Set(shown.map(({ rate: value }) => value.toFixed(2)))).toEqual(new Set(['0.86', '0.87']));
  expect(shown.at(-1)?.rate).toBeCloseTo(0.87, 6);
  expect(scene.log.count('exchange rate is back where it was')).toBe(1);
});

it('the yen loses 30 %: prices in yen follow within half an hour', async () => {
  scene = await openScene();
  await tao(scene.market);
  expect((await tao(scene.market, 'jpy')).price).toBeCloseTo(250.28 * 152, 3);
  scene.gecko.rates.set('jpy', 152 / 0.7);
  const answers = await askFor(scene, HOUR, { currency: 'jpy' });
  const minutes = minutesUntil(answers, ({ price }) => Math.abs(price - (250.28 * 152) / 0.7) < 1);
  expect(minutes).toBeGreaterThan(10);
  expect(minutes).toBeLessThanOrEqual(30);
  expect(answers.at(-1)).toMatchObject({ checking: false });
  expect(answers.at(-1)?.ageMs).toBeLessThanOrEqual(2 * MINUTE);
  expect(scene.log.count('batch of prices refused: sentinels out of range')).toBe(1);
  expect(scene.log.count('batches of prices are believed again')).toBe(1);
});

it('the same while the table of rates cannot be read: the prices themselves say what a dollar costs', async () => {
  scene = await openScene();
  await tao(scene.market, 'jpy');
  scene.gecko.broken.add('/exchange_rates');
  scene.gecko.rates.set('jpy', 152 / 0.7);
  const answers = await askFor(scene, HOUR, { currency: 'jpy' });
  expect(answers.at(-1)?.price).toBeCloseTo((250.28 * 152) / 0.7, 3);
});

it('a table that contradicts the price of bitcoin is refused for six hours, then believed: it has lasted', async () => {
  scene = await openScene();
  await tao(scene.market);
  await rate('eur');
  // The table counts double dollars for a bitcoin, while the pages of prices stay as they were.
  scene.gecko.rates.set('usd', 2);
  scene.gecko.rates.set('eur', 2 * 0.9);
  scene.gecko.glitch = (rows) => rows.map((row) => ({ ...row, current_price: row.current_price / 2 }));
  let believedAfter: number | null = null;
  for (let passed = 10 * MINUTE; passed <= 12 * HOUR; passed += 10 * MINUTE) {
    scene.clock.now += 10 * MINUTE;
    await tao(scene.market); // bitcoin's own price stays young
    const { rate: shown, ageMs } = await rate('eur');
    const believed = Math.abs(shown - 0.9) < 1e-6;
    if (believed) believedAfter ??= passed;
    else expect(ageMs).toBe(passed); // the old table, never younger than it is
    expect(scene.market.status().doubts.rates.open).toBe(believed || passed <= 10 * MINUTE ? 0 : 1);
    if (believed) expect(ageMs).toBeLessThanOrEqual(30 * MINUTE);
  }
  expect(believedAfter).toBeGreaterThanOrEqual(6 * HOUR);
  expect(believedAfter).toBeLessThanOrEqual(6.75 * HOUR);
  expect(scene.log.count('exchange rates refused')).toBe(1);
  expect(scene.log.count('exchange rates believed after a refusal: it has lasted')).toBe(1);
});

it('a currency that is missing in the newest table keeps its rate and its age', async () => {
  scene = await openScene();
  await rate('clp');
  scene.gecko.rates.delete('clp');
  scene.clock.now += 3 * HOUR;
  expect(await rate('clp')).toMatchObject({ rate: expect.closeTo(896, 6) as number, at: START, ageMs: 3 * HOUR });
  expect((await rate('eur')).ageMs).toBe(0);
});

it('rates and their ages survive a restart', async () => {
  scene = await openScene();
  await rate('ars');
  scene.clock.now += 5 * MINUTE;
  const again = scene.reopen();
  expect(await again.rate('usd', 'ars')).toMatchObject({ at: START });
  expect(scene.gecko.count('/exchange_rates')).toBe(1);
});

it('a first table that nothing could check, and that is wrong: gone when the price of bitcoin is known, not after hours', async () => {
  scene = await openScene();
  scene.gecko.broken.add('/coins/markets');
  scene.gecko.rates.set('usd', 10); // ten times as many dollars for a bitcoin: all other currencies at a tenth
  expect((await rate('eur')).rate).toBeCloseTo(0.086, 6);
  scene.gecko.broken.delete('/coins/markets');
  scene.gecko.rates.set('usd', 1);
  scene.clock.now += 2 * MINUTE;
  await scene.market.quotes(['bitcoin'], 'usd');
  expect((await rate('eur')).rate).toBeCloseTo(0.86, 6);
  expect((await convertFor(30, 'eur', 5)).map((found) => found.rate.toFixed(2))).toEqual(Array(6).fill('0.86'));
  expect(scene.log.count('exchange rates refused')).toBe(1);
});

it('nor is it kept over a restart', async () => {
  scene = await openScene();
  scene.gecko.broken.add('/coins/markets');
  scene.gecko.rates.set('usd', 10);
  expect((await rate('eur')).rate).toBeCloseTo(0.086, 6);
  scene.gecko.rates.set('usd', 1);
  scene.gecko.broken.delete('/coins/markets');
  const again = scene.reopen();
  scene.clock.now += 2 * MINUTE;
  await again.quotes(['bitcoin'], 'usd');
  expect((await again.rate('usd', 'eur')).rate).toBeCloseTo(0.86, 6);
});
