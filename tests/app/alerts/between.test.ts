// Alerts for a range of prices: one for each end, with all else that was said.
import { expect, it } from 'vitest';
import { betweenCard } from '../../../src/app/alerts/between.ts';

const place = { currencies: new Set(['usd', 'eur']), locale: 'en' };
const offered = (condition: string) =>
  (betweenCard(condition, { target: 'btc', repeat: undefined }, place)?.blocks ?? []).flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ invocation }) => invocation.args) : [],
  );

it('offers both ends, with currency and end', () => {
  expect(offered('is between 80k and 90k eur until friday')).toEqual([
    { target: 'btc', currency: 'eur', condition: 'reaches 80000 until friday' },
    { target: 'btc', currency: 'eur', condition: 'reaches 90000 until friday' },
  ]);
});

it('a scale behind the second number holds for both', () => {
  expect(offered('between 80 and 90k').map(({ condition }) => condition)).toEqual(['reaches 80000', 'reaches 90000']);
});

it.each(['chutes between 1 and 2', 'between 90k and 80k', 'between red and blue', 'above 300'])('%s: none', (text) => {
  expect(offered(text)).toEqual([]);
});
