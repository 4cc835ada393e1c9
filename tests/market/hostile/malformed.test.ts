// 10,000 damaged bodies straight into parser and gate, 300 more through HTTP: no crash, no wrong number.
import { expect, it } from 'vitest';
import { createQuoteCache } from '../../../src/market/quote-cache.ts';
import { MarketRow, MarketRows, soundRows } from '../../../src/market/coingecko/schema.ts';
import { allowedStep } from '../../../src/market/plausibility/price-check.ts';
import { createIntake } from '../../../src/market/plausibility/batch-check.ts';
import type { Quote } from '../../../src/market/market.ts';
import { toExtra, toQuote } from '../../../src/market/coingecko/convert.ts';
import { createMemory } from '../../fakes/market/memory.ts';
import { startFakeCoinGecko } from '../../fakes/market/coingecko.ts';
import { mutate } from './mutate.ts';
import { MINUTE, openScene, START, tao } from '../scene.ts';

const IDS = ['bitcoin', 'tether', 'usd-coin', 'bittensor', 'near'];

async function bodyAt(now: number, factor = 1): Promise<{ text: string; prices: Map<string, number> }> {
  const gecko = await startFakeCoinGecko({ now: () => now });
  const prices = new Map<string, number>();
  for (const id of ['bittensor', 'near']) gecko.set(id, { price: (gecko.coins.get(id)?.price ?? 0) * factor });
  for (const id of IDS) prices.set(id, gecko.coins.get(id)?.price ?? 0);
  const { text: full } = await fetchRows(gecko.url);
  const rows = JSON.parse(full) as { sparkline_in_7d: { price: number[] } }[];
  // A short line damages as well as a long one, and 10,000 times faster.
  for (const row of rows) row.sparkline_in_7d.price = row.sparkline_in_7d.price.slice(-12);
  const text = JSON.stringify(rows);
  await gecko.close();
  return { text, prices };
}

/** What is wrong with a quote; empty when every figure is null or sound and the price is the truth or as near as the gate allows. */
function faults(quote: Quote, truths: readonly number[], now: number): string[] {
  const nearest = Math.min(...truths.map((truth) => Math.abs(Math.log(quote.price / truth))));
  const found: (string | false)[] = [
    !(nearest <= allowedStep(MINUTE) + 1e-9) && `price ${quote.price}`,
    !(quote.at > 0 && quote.at <= now) && `time ${quote.at}`,
    !(quote.sparkline ?? [1]).every((value) => value === null || (value > 0 && Number.isFinite(value))) && 'sparkline',
    quote.marketCap !== null && quote.marketCap < quote.price && 'market cap',
    quote.name.length > 100 && 'name too long',
    /[\p{Cc}\p{Cf}]/u.test(quote.name + quote.symbol) && 'hidden characters',
  ];
  for (const [key, value] of Object.entries(quote)) {
    if (typeof value !== 'number') continue;
    found.push(!Number.isFinite(value) && key, key.startsWith('change') && value < -100 && key);
  }
  return found.filter((fault) => fault !== false);
}

it('10,000 damaged bodies, seeded', { timeout: 120_000 }, async () => {
  const good = await bodyAt(START);
  const next = await bodyAt(START + MINUTE, 1.04);
  const rowsOf = (text: string) => soundRows(MarketRows.parse(JSON.parse(text)), MarketRow);
  const baseline = rowsOf(good.text).map((row) => ({
    quote: toQuote(row, 'usd', row.last_updated),
    sourceAt: row.last_updated,
    extra: toExtra(row),
    seenAt: START,
  }));
  let [readable, changed] = [0, 0];
  for (let seed = 0; seed < 10_000; seed++) {
    const clock = { now: START };
    const now = () => clock.now;
    const memory = createMemory();
    const cache = createQuoteCache({ memory, now });
    const intake = createIntake({
      cache,
      second: () => Promise.resolve(null),
      perDollar: () => 1,
      keep: () => false,
      now,
    });
    cache.put(baseline, () => false);
    clock.now += MINUTE;
    const page = MarketRows.safeParse(parse(mutate(next.text, seed)));
    if (page.success) {
      readable += 1;
      await intake.accept(soundRows(page.data, MarketRow), 'usd');
    }
    for (const id of IDS) {
      const quote = cache.get('usd', id)?.quote;
      if (!quote) throw new Error(`seed ${seed} took ${id} away`);
      const problems = faults(quote, [good.prices.get(id) ?? 0, next.prices.get(id) ?? 0], clock.now);
      if (problems.length > 0) throw new Error(`seed ${seed}, ${id}: ${problems.join(', ')}`);
      if (quote.price !== good.prices.get(id)) changed += 1;
    }
    if ('usd' in {}) throw new Error(`seed ${seed} polluted a prototype`);
  }
  expect(readable).toBeGreaterThan(4_000); // the mutations are not all plain garbage …
  expect(changed).toBeGreaterThan(4_000); // … and sound rows beside a damaged one still count
});

// Each of these would be a number near the truth, or zero, to a careless reader.
it.each([
  '250.28',
  ' 250.28 ',
  ['250.28'],
  [250.28],
  { usd: 250.28 },
  true,
  '',
  null,
  '0xFA',
  '250,28',
  '٢٥٠',
  'Infinity',
])('the form %j never becomes a price, nor any other figure', async (form) => {
  const gecko = await startFakeCoinGecko({ now: () => START });
  const { text } = await fetchRows(gecko.url);
  await gecko.close();
  const [row = {}] = JSON.parse(text) as Record<string, unknown>[];
  expect(soundRows([{ ...row, current_price: form }], MarketRow)).toEqual([]);
  const keep = new Set(['id', 'symbol', 'name', 'current_price', 'last_updated']);
  const spoilt = Object.fromEntries(Object.entries(row).map(([key, value]) => [key, keep.has(key) ? value : form]));
  const [read] = soundRows([spoilt], MarketRow);
  const figures = Object.entries(read ?? {}).filter(([key]) => !keep.has(key) && key !== 'image');
  expect(figures.filter(([, value]) => value !== null)).toEqual([]);
  expect(figures.length).toBeGreaterThan(20);
});

it('300 damaged bodies through HTTP', { timeout: 60_000 }, async () => {
  const scene = await openScene({ waitMs: 15_000 });
  await tao(scene.market);
  for (let seed = 0; seed < 300; seed++) {
    scene.clock.now += 11 * MINUTE; // past any pause
    scene.gecko.fault = null;
    await tao(scene.market);
    scene.clock.now += 11 * MINUTE;
    const { text } = await fetchRows(scene.gecko.url);
    scene.gecko.fault = { kind: 'body', body: mutate(text, 50_000 + seed) };
    const quote = await tao(scene.market);
    expect(Math.abs(Math.log(quote.price / 250.28))).toBeLessThanOrEqual(allowedStep(22 * MINUTE));
    expect(quote.at).toBeLessThanOrEqual(scene.clock.now);
  }
  await scene.close();
});

async function fetchRows(url: string): Promise<{ text: string }> {
  const response = await fetch(`${url}/coins/markets?vs_currency=usd&ids=${IDS.join(',')}&sparkline=true`);
  return { text: await response.text() };
}

function parse(body: string | Buffer): unknown {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

it.each([
  ['markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['a mention', '@everyone [x](http://evil)', '@everyone [x](http://evil)'], // literal text: the renderers escape it
  ['hidden characters', 'a\u202Eb\u0000c\u200Bd\ne', 'a b c d e'],
  ['10 kB', 'n'.repeat(10_000), 'n'.repeat(100)],
  ['half a character', '\uD800half', 'half'],
])('a name with %s becomes one short visible line', async (_kind, name, expected) => {
  const scene = await openScene();
  scene.gecko.set('bittensor', { name, symbol: name });
  const quote = await tao(scene.market);
  expect(quote.name).toBe(expected);
  expect(quote.symbol.length).toBeLessThanOrEqual(20);
  await scene.close();
});
