// The table of coins on the front page: one line each, and one line on source and age for all of them.
import { html } from 'hono/html';
import type { Html } from '../card.ts';
import { sparkline } from './sparkline.ts';
import { weekOf } from '../../../app/blocks/price-chart.ts';
import { SAMPLE_AGE, SAMPLE_DATA, shownChange, type View } from '../../../app/blocks/quote.ts';
import type { Coin } from '../../../content/schema.ts';
import { age, freshness } from '../../../format/freshness.ts';
import { change, compactMoney, money } from '../../../format/numbers.ts';
import type { Quote, QuoteResults } from '../../../market/market.ts';

export function coinTable(coins: readonly Coin[], quotes: QuoteResults, view: View): Html {
  const known = coins.flatMap(({ id }) => quotes.get(id).quote ?? []);
  return html`<div class="scroll">
      <table class="coins lines">
        <thead>
          <tr>
            <th scope="col">Coin</th>
            <th scope="col" class="number">Price</th>
            <th scope="col" class="number">24 h</th>
            <th scope="col" class="number hide-small">7 d</th>
            <th scope="col" class="number hide-small">Market cap</th>
            <th scope="col" class="number">7 days</th>
          </tr>
        </thead>
        <tbody>
          ${coins.map((coin) => rowHtml(coin, quotes, view))}
        </tbody>
      </table>
    </div>
    <p class="note">${ageLine(known, view)}</p>`;
}

function rowHtml(coin: Coin, quotes: QuoteResults, view: View): Html {
  const result = quotes.get(coin.id);
  return html`<tr>
    <th scope="row">
      <span class="mark" aria-hidden="true">${coin.symbol.slice(0, 1)}</span
      ><a href="/coins/${coin.id}">${coin.symbol}</a>
      <small class="hide-small">${coin.name}</small>
    </th>
    ${result.quote === null ? html`<td class="number" colspan="5">price unavailable: ${result.reason}</td>` : cells(result.quote, view)}
  </tr>`;
}

function cells(quote: Quote, view: View): Html {
  const { locale, now } = view;
  const week = weekOf(quote);
  const moved = shownChange(quote, quote.change7d, now);
  const late =
    quote.source.id !== 'sample' && freshness(now - quote.at) !== 'live' && freshness(now - quote.at) !== 'recent';
  const remark = quote.unconfirmed === true ? 'unconfirmed' : late ? `⚠ ${age(now - quote.at)}` : null;
  return html`<td class="number">
      ${money(quote.price, quote.currency, locale)}${remark === null ? '' : html` <small>${remark}</small>`}
    </td>
    <td class="number">${changeHtml(quote, quote.change24h, view)}</td>
    <td class="number hide-small">${changeHtml(quote, quote.change7d, view)}</td>
    <td class="number hide-small">
      ${quote.marketCap === null ? '–' : compactMoney(quote.marketCap, quote.currency, locale)}
    </td>
    <td class="number">
      ${week === null || moved === null ? '–' : sparkline(week, { width: 84, height: 24, direction: change(moved, locale).direction, name: 'spark' })}
    </td>`;
}

function changeHtml(quote: Quote, value: number | null, { locale, now }: View): Html | string {
  const shown = shownChange(quote, value, now);
  if (shown === null) return '–';
  const { direction, text } = change(shown, locale);
  return html`<span class="change ${direction}">${text}</span>`;
}

/** "All prices by CoinGecko, 4 s ago": the age is that of the oldest. */
function ageLine(quotes: readonly Quote[], { now }: Pick<View, 'now'>): string {
  if (quotes.length === 0) return '';
  const names = [...new Set(quotes.map(({ source }) => source.name))].join(' and ');
  const oldest = Math.min(...quotes.map(({ at }) => at));
  if (quotes.some(({ source }) => source.id === 'sample')) return `${SAMPLE_DATA}, ${SAMPLE_AGE}`;
  const newest = Math.max(...quotes.map(({ at }) => at));
  const same = age(now - oldest) === age(now - newest);
  return `All prices by ${names}, ${same ? '' : 'the oldest '}${age(now - oldest)}`;
}
