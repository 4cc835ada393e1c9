// What people try first in the demonstration works, says that it is sample data, and nothing in it looks old.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { SAMPLE_DATA } from '../../src/app/blocks/quote.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import sample from '../../src/sample/data.json' with { type: 'json' };
import subnets from '../../src/sample/subnets.json' with { type: 'json' };
import { openSampleCore } from '../fakes/core.ts';

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

let asked = 0;
function answer(line: string) {
  const invocation = readText(line, COMMANDS, vocabularyOf(core.services));
  const user = { id: `u${asked++}`, canManage: true };
  const place = { tenant: '-', channel: '-' };
  return core.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' });
}

it.each([
  ['/coin btc', 'Bitcoin'],
  ['/compare tao btc', 'TAO vs BTC'],
  ['/price tao near btc eth', 'ETH  $2,873.60'],
  ['/convert 1 btc eur', '€66,822.00'],
  ['1 tao in swiss francs', '202.73'],
  ['/price tao in mexican pesos', '4,605.15'],
  ['/chart sol 1y', 'Solana'],
  ['top 5 coins', 'XRP'],
  ['/network', 'Next halving'],
  ['/subnet 64', 'Chutes'],
  ['/subnets', 'Targon'],
])('%s', async (line, words) => {
  const card = await answer(line);
  const text = plainText(card);
  expect(card.outcome, text).toBe('ok');
  expect(text).toContain(words);
  // A compact card says it in fewer words; its figures carry no age of their own.
  expect(text.includes(SAMPLE_DATA) || text.includes('Sample data, not live'), text).toBe(true);
  expect(text).not.toMatch(/⚠|\d+ d (?:old|ago)|Subtensor node/);
  const chart = card.blocks.find(({ kind }) => kind === 'chart');
  if (chart?.kind === 'chart') for (const { points } of chart.chart.series) expect(points.length).toBeGreaterThan(50);
});

it('the month that cards name is that of the samples', () => {
  const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  for (const { at } of [sample, subnets]) expect(SAMPLE_DATA).toBe(`Sample data of ${month.format(new Date(at))}`);
});
