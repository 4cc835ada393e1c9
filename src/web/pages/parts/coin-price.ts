// The price part of a coin's page: headline, ranges as links, chart, what one coin is worth elsewhere, figures, source and age.
import { html } from 'hono/html';
import { type Html, blockHtml } from '../card.ts';
import { priceChart } from '../../../app/blocks/price-chart.ts';
import { figures, headline, sourceLine, supplyText } from '../../../app/blocks/quote.ts';
import type { CommandContext } from '../../../app/command.ts';
import { type Range, RANGES } from '../../../base/ranges.ts';
import { age } from '../../../format/freshness.ts';
import { money } from '../../../format/numbers.ts';
import type { CoinRef, Quote, QuoteResult } from '../../../market/market.ts';

/** What the converter line shows, beside the currency of the page. */
const ELSEWHERE = ['usd', 'eur', 'gbp', 'jpy', 'btc'];

type Wish = { coin: CoinRef; range: Range; maxSupply?: number | null };

export type PricePart = { html: Html; result: QuoteResult };

/** `maxSupply`: in whole coins, as the profile says it; without one, what the price source says. */
export async function coinPrice({ coin, range, maxSupply }: Wish, context: CommandContext): Promise<PricePart> {
  const { services, request, now } = context;
  const { currency } = services.defaults;
  const view = { locale: request.locale, now };
  const [quotes, chart] = await Promise.all([
    services.market.quotes([coin.id], currency),
    priceChart(context, { coin, currency, range }),
  ]);
  const result = quotes.get(coin.id);
  const { quote } = result;
  const supply = quote === null ? null : supplyText(quote, maxSupply === undefined ? quote.maxSupply : maxSupply, view);
  const fields = quote === null ? [] : figures(quote, view);
  if (supply !== null) fields.push({ label: 'Circulating supply', value: [supply] });
  return {
    result,
    html: html`<section class="card tone-info" id="price" aria-label="Price">
      ${blockHtml(headline(result, view))}
      <nav class="buttons" aria-label="Range of the chart">
        ${RANGES.map((option) => rangeLink(coin.id, option, option === range))}
      </nav>
      ${chart === null ? '' : blockHtml(chart)} ${quote === null ? '' : await converter(quote, coin, context)}
      ${fields.length === 0 ? '' : blockHtml({ kind: 'fields', fields })} ${sourceLine(result, view).map(blockHtml)}
    </section>`,
  };
}

function rangeLink(id: string, range: Range, active: boolean): Html {
  return active
    ? html`<a class="button active" aria-current="true" href="/coins/${id}?range=${range}">${range}</a>`
    : html`<a class="button" href="/coins/${id}?range=${range}">${range}</a>`;
}

/** "1 TAO = $273.61 · €235.10 …"; currencies without a rate are left out. */
async function converter(quote: Quote, coin: CoinRef, { services, request, now }: CommandContext): Promise<Html> {
  const own = coin.symbol.toLowerCase(); // one coin in itself says nothing
  const others = ELSEWHERE.filter((currency) => currency !== quote.currency && currency !== own);
  const rates = await Promise.all(others.map((currency) => services.market.rate(quote.currency, currency)));
  const worth = others.flatMap((currency, index) => {
    const rate = rates[index]?.rate ?? null;
    return rate === null ? [] : [money(quote.price * rate, currency, request.locale)];
  });
  const read = rates.flatMap((rate) => (rate.rate === null ? [] : [rate]));
  const oldest = Math.min(...read.map(({ at }) => at));
  const names = [...new Set(read.map(({ source }) => source.name))].join(' and ');
  const said = read.length === 0 ? '' : html` <small>exchange rates by ${names}, ${age(now - oldest)}</small>`;
  return html`<p class="convert">
    1 ${coin.symbol.toUpperCase()} =
    ${[money(quote.price, quote.currency, request.locale), ...worth].join(' · ')}${said}
  </p>`;
}
