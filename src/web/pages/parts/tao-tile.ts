// The tile of TAO on the front page: price, week's line, figures and the way to the next halving.
import { html } from 'hono/html';
import { type Html, spansHtml } from '../card.ts';
import { sparkline } from './sparkline.ts';
import { halvingPart, nextHalving } from '../../../app/bittensor/halving.ts';
import { halvingMonths } from '../../../app/bittensor/network.ts';
import { jumpWords, recentJump } from '../../../app/bittensor/issuance-jump.ts';
import { weekOf } from '../../../app/blocks/price-chart.ts';
import {
  figures,
  headline,
  originWords,
  quoteAge,
  remarks,
  shownChange,
  sourceName,
} from '../../../app/blocks/quote.ts';
import type { CommandContext } from '../../../app/command.ts';
import { age } from '../../../format/freshness.ts';
import { change, share } from '../../../format/numbers.ts';
import type { Quote, QuoteResult } from '../../../market/market.ts';

const SHOWN = ['7 d', '30 d', 'Market cap', '24 h volume'];

/** `result`: the quote of TAO. */
export async function taoTile(result: QuoteResult, { services, request, now }: CommandContext): Promise<Html> {
  const view = { locale: request.locale, now };
  const price = headline(result, view);
  const { quote } = result;
  const fields = quote === null ? [] : figures(quote, view);
  const shown = SHOWN.flatMap((label) => fields.find((field) => field.label === label) ?? []);
  const bar = await halvingBar(services, view);
  return html`<section class="card tile" aria-label="TAO now">
    <p class="top">
      <a href="/coins/bittensor">Bittensor · TAO${quote?.rank == null ? '' : ` · rank #${quote.rank}`}</a>
      ${quote === null ? '' : html`<span>${quote.source.id === 'sample' ? [sourceName(quote.source), ', ', ...spansHtml(quoteAge(quote, view))] : originWords(quote, now)}${spansHtml(remarks(result, view))}</span>`}
    </p>
    ${
      price.kind === 'headline'
        ? html`<p class="headline">
            <span class="price">${price.value}</span
            >${price.change === undefined ? '' : html` <span class="change ${price.change.direction}">${price.change.text}</span> <small>24 h</small>`}
          </p>`
        : html`<p><strong>Price unavailable:</strong> ${result.quote === null ? result.reason : ''}</p>`
    }
    ${quote === null ? '' : weekLine(quote, view)}
    <dl class="fields">
      ${shown.map(
        ({ label, value }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${spansHtml(value)}</dd>
          </div>`,
      )}
    </dl>
    ${bar}
  </section>`;
}

function weekLine(quote: Quote, { locale, now }: { locale: string; now: number }): Html | string {
  const week = weekOf(quote);
  const moved = shownChange(quote, quote.change7d, now);
  if (week === null || moved === null) return '';
  return sparkline(week, { width: 440, height: 84, direction: change(moved, locale).direction, name: 'week' });
}

async function halvingBar(
  { chain, subnets }: CommandContext['services'],
  { locale, now }: { locale: string; now: number },
): Promise<Html | string> {
  const [{ state }, { snapshot }] = await Promise.all([chain.state(), subnets.snapshot()]);
  const next = state === null ? null : nextHalving(state.issuanceRao, state.at);
  if (state === null || next === null) return '';
  const part = halvingPart(state.issuanceRao) * 100;
  const read = state.isSample === true ? 'sample data' : `read ${age(now - state.at)}`;
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect width="${part.toFixed(2)}" height="1" />
    </svg>
    <p class="halving">
      <span>${share(part, locale, 1)} of the way to halving #${next.number}</span>
      <span>${halvingMonths(next, locale)}${jumpWords(recentJump(snapshot), locale)}, ${read}</span>
    </p>`;
}
