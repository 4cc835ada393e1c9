// The profile page of a coin: live numbers on top, then facts, sections and questions with numbered sources; contents at the side.
import { html } from 'hono/html';
import type { Html } from './card.ts';
import { askBox, layout } from './layout.ts';
import { coinPrice } from './parts/coin-price.ts';
import { discordEmbed } from './parts/discord-embed.ts';
import { factsTable, questions, sections, type TextOptions } from './parts/coin-text.ts';
import { createFootnotes } from './parts/footnotes.ts';
import { headline } from '../../app/blocks/quote.ts';
import type { CommandContext } from '../../app/command.ts';
import type { Range } from '../../base/ranges.ts';
import type { PlaceholderValues } from '../../content/fill-placeholders.ts';
import type { Coin } from '../../content/schema.ts';
import { date } from '../../format/dates.ts';
import type { QuoteResult } from '../../market/market.ts';

/** `values`: live numbers for the placeholders of the texts; `phone`: sections are closed. */
export async function coinPage(
  coin: Coin,
  context: CommandContext,
  values: PlaceholderValues,
  { range, phone }: { range: Range; phone: boolean },
): Promise<Html> {
  const { services, request, now } = context;
  const { content, defaults } = services;
  const reference = { id: coin.id, symbol: coin.symbol, name: coin.name, rank: null };
  const price = await coinPrice({ coin: reference, range, maxSupply: coin.maxSupply }, context);
  const notes = createFootnotes();
  const options: TextOptions = { content, values, notes, locale: request.locale, open: !phone };
  // In the order of the page, so that the numbers of its sources ascend.
  const facts = factsTable(coin, options);
  const texts = sections(coin, options);
  const answers = questions(coin, options);
  const rank = price.result.quote?.rank == null ? '' : `rank #${price.result.quote.rank} · `;
  const body = html`<div class="sheet">
    <div>
      <h1>${coin.name} <small>${coin.symbol} · ${rank}${coin.category}</small></h1>
      <p class="lead">${coin.tagline}</p>
      ${price.html}
    </div>
    ${contents(coin)}
    <div>
      <h2 id="facts">Facts</h2>
      ${facts} ${texts}
      <h2 id="questions">Frequently asked questions</h2>
      ${answers}
      <h2 id="track">Where to track ${coin.symbol}</h2>
      <ul>
        ${coin.track.map((place) => html`<li><a href="${place.url}" rel="noopener">${place.title}</a></li>`)}
      </ul>
      ${coin.id === 'bittensor' ? html`<p><a href="/subnets">All Bittensor subnets: prices, emission, removal</a></p>` : ''}
      <h2 id="related">Related coins</h2>
      <ul>
        ${coin.related.flatMap((id) => content.coins.get(id) ?? []).map((other) => html`<li><a href="/coins/${other.id}">${other.name} (${other.symbol})</a> – ${other.tagline}</li>`)}
      </ul>
      <h2>Ask</h2>
      ${askBox('')}
      <h2 id="sources">Sources</h2>
      ${notes.list()}
      <p class="note">Profile last reviewed on ${date(Date.parse(coin.reviewed), request.locale)}.</p>
    </div>
  </div>`;
  const view = { locale: request.locale, now };
  const { publicUrl } = defaults;
  const alt = `${coin.symbol}, price of the past 7 days`;
  const parts = { title: `${coin.name} (${coin.symbol})`, result: price.result, view, alt };
  return layout({
    title: titleOf(coin, price.result, view),
    description: coin.tagline,
    body,
    path: `/coins/${coin.id}`,
    publicUrl,
    charts: true,
    image: { path: `/charts/${coin.id}.png?range=7d&theme=light&canvas=share`, alt },
    ...(publicUrl === null
      ? {}
      : {
          head: discordEmbed({
            ...parts,
            page: `${publicUrl}/coins/${coin.id}`,
            image: `${publicUrl}/charts/${coin.id}.png?range=7d&theme=dark&canvas=phone`,
          }),
        }),
  });
}

/** "TAO $273.61 ▲ +0.7% – Bittensor": what a shared link says at a glance. */
function titleOf(coin: Coin, result: QuoteResult, view: { locale: string; now: number }): string {
  const price = headline(result, view);
  if (price.kind !== 'headline') return `${coin.name} (${coin.symbol}): price, profile and facts`;
  const moved = price.change === undefined ? '' : ` ${price.change.text}`;
  return `${coin.symbol} ${price.value}${moved} – ${coin.name}`;
}

function contents(coin: Coin): Html {
  const places = [
    ['price', 'Price'],
    ['facts', 'Facts'],
    ...coin.sections.map(({ id, title }) => [id, title] as const),
    ['questions', 'Questions'],
    ['track', 'Where to track'],
    ['related', 'Related coins'],
    ['sources', 'Sources'],
  ] as const;
  return html`<nav class="contents" aria-label="On this page">
    <div>
      <h2>On this page</h2>
      <ul>
        ${places.map(([id, label]) => html`<li><a href="#${id}">${label}</a></li>`)}
      </ul>
    </div>
  </nav>`;
}
