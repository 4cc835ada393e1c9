// The profile page of a coin: live numbers on top, every section and fact with source and date below.
import { html } from 'hono/html';
import { type Html, chartHtml, spansHtml } from './card.ts';
import { askBox, layout } from './layout.ts';
import { date } from '../../format/dates.ts';
import { change, money } from '../../format/numbers.ts';
import { priceChart } from '../../app/blocks/price-chart.ts';
import { cardSpans } from '../../app/blocks/prose.ts';
import { figures, shownChange, sourceLine, supplyText } from '../../app/blocks/quote.ts';
import type { CommandContext } from '../../app/command.ts';
import type { PlaceholderValues } from '../../content/fill-placeholders.ts';
import type { Paragraph } from '../../content/markdown.ts';
import type { Coin } from '../../content/schema.ts';
import type { QuoteResult } from '../../market/market.ts';

/** `values`: live numbers for the placeholders of the FAQ answers. */
export async function coinPage(coin: Coin, context: CommandContext, values: PlaceholderValues): Promise<Html> {
  const { services, request, now } = context;
  const currency = services.defaults.currency;
  const reference = { id: coin.id, symbol: coin.symbol, name: coin.name, rank: null };
  const [quotes, chart] = await Promise.all([
    services.market.quotes([coin.id], currency),
    priceChart(context, { coin: reference, currency, range: '7d' }),
  ]);
  const result = quotes.get(coin.id);
  const view = { locale: request.locale, now };
  const rank = result.quote?.rank == null ? '' : `#${result.quote.rank} · `;
  const body = html`<h1>${coin.name} <small>${coin.symbol} · ${rank}${coin.category}</small></h1>
    <p class="lead">${coin.tagline}</p>
    <section class="card tone-info" aria-label="Price">
      ${priceHtml(result, view)}
      ${
        result.quote === null
          ? ''
          : html`<dl class="fields">
              ${[...figures(result.quote, view), ...supplyField(result, coin, view)].map(
                (field) =>
                  html`<div>
                    <dt>${field.label}</dt>
                    <dd>${spansHtml(field.value)}</dd>
                  </div>`,
              )}
            </dl>`
      }
      ${chart?.kind === 'chart' ? chartHtml(chart.chart) : chart?.kind === 'note' ? html`<p class="note">${spansHtml(chart.spans)}</p>` : ''}
      ${sourceLine(result, view).map((block) => (block.kind === 'note' ? html`<p class="note">${spansHtml(block.spans)}</p>` : ''))}
    </section>
    <h2>Facts</h2>
    <dl class="fields facts">
      ${coin.facts.map(
        (fact) =>
          html`<div>
            <dt>${fact.label}</dt>
            <dd>
              ${fact.value}<span class="asof"
                >as of ${date(Date.parse(fact.asOf), request.locale)} · ${sourceLinks(fact.sources, coin)}</span
              >
            </dd>
          </div>`,
      )}
    </dl>
    ${coin.sections.map(
      (section) =>
        html`<section class="prose">
          <h2>${section.title}</h2>
          ${services.content.fill(section.paragraphs, values).map((paragraph) => proseHtml(paragraph, coin))}
        </section>`,
    )}
    <h2>Where to track ${coin.symbol}</h2>
    <ul>
      ${coin.track.map((place) => html`<li><a href="${place.url}" rel="noopener">${place.title}</a></li>`)}
    </ul>
    ${coin.id === 'bittensor' ? html`<p><a href="/subnets">All Bittensor subnets: prices, emission, removal</a></p>` : ''}
    <h2>Related coins</h2>
    <ul>
      ${coin.related.flatMap((id) => services.content.coins.get(id) ?? []).map((other) => html`<li><a href="/coins/${other.id}">${other.name} (${other.symbol})</a> – ${other.tagline}</li>`)}
    </ul>
    <section class="questions prose">
      <h2>Frequently asked questions</h2>
      ${questions(coin, context, values)}
    </section>
    <h2>Ask</h2>
    ${askBox('')}
    <p class="note">Profile last reviewed on ${date(Date.parse(coin.reviewed), request.locale)}.</p>`;
  return layout({
    title: `${coin.name} (${coin.symbol}): live price, profile and facts`,
    description: coin.tagline,
    body,
  });
}

function priceHtml(result: QuoteResult, view: { locale: string; now: number }): Html {
  if (result.quote === null) return html`<p><strong>Price unavailable:</strong> ${result.reason}</p>`;
  const { quote } = result;
  const value = shownChange(quote, quote.change24h, view.now);
  const moved = value === null ? null : change(value, view.locale);
  return html`<p class="headline">
    <span class="price">${money(quote.price, quote.currency, view.locale)}</span
    >${moved === null ? '' : html` <span class="change ${moved.direction}">${moved.text}</span> <small>24 h</small>`}
  </p>`;
}

function supplyField(result: QuoteResult, coin: Coin, view: { locale: string }) {
  const text = result.quote === null ? null : supplyText(result.quote, coin.maxSupply, view.locale);
  return text === null ? [] : [{ label: 'Circulating supply', value: [text] }];
}

function questions(coin: Coin, context: CommandContext, values: PlaceholderValues): Html[] {
  const { content } = context.services;
  const entries = coin.faq.flatMap((id) => content.faq.get(id) ?? []);
  const shared = entries.map(
    (entry) =>
      html`<h3>${entry.question}</h3>
        ${content.fill(entry.answer, values).map((paragraph) => html`<p>${spansHtml(cardSpans(paragraph))}</p>`)}
        <p class="asof">
          As of ${date(Date.parse(entry.asOf), context.request.locale)} ·
          ${entry.sources.map((source, index) => html`${index === 0 ? '' : ' · '}<a href="${source.url}" rel="noopener">${source.title}</a>`)}
        </p>`,
  );
  const own = coin.questions.map(
    (entry) =>
      html`<h3>${entry.question}</h3>
        ${content.fill(entry.answer, values).map((paragraph) => proseHtml(paragraph, coin))}
        <p class="asof">
          As of ${date(Date.parse(entry.asOf), context.request.locale)} · ${sourceLinks(entry.sources, coin)}
        </p>`,
  );
  return [...shared, ...own];
}

/** A paragraph with its citations as small numbered links. */
function proseHtml(paragraph: Paragraph, coin: Coin): Html {
  const tags = Object.keys(coin.sources);
  const parts = paragraph.map((span) => {
    if (typeof span === 'string' || span.kind !== 'cite') return spansHtml(cardSpans([span]));
    const source = coin.sources[span.tag];
    return source === undefined
      ? ''
      : html`<sup
          ><a href="${source.url}" rel="noopener" title="${source.title}" aria-label="Source: ${source.title}"
            >${tags.indexOf(span.tag) + 1}</a
          ></sup
        >`;
  });
  return html`<p>${parts}</p>`;
}

function sourceLinks(tags: readonly string[], coin: Coin): Html[] {
  return tags
    .flatMap((tag) => coin.sources[tag] ?? [])
    .map((source, index) => html`${index === 0 ? '' : ', '}<a href="${source.url}" rel="noopener">${source.title}</a>`);
}
