// The page of a coin without a profile: the market part of the card, not for search engines.
import { html } from 'hono/html';
import type { Html } from './card.ts';
import { askBox, layout } from './layout.ts';
import { coinPrice } from './parts/coin-price.ts';
import type { CommandContext } from '../../app/command.ts';
import type { Range } from '../../base/ranges.ts';
import type { CoinRef } from '../../market/market.ts';

export async function marketPage(coin: CoinRef, context: CommandContext, range: Range): Promise<Html> {
  const price = await coinPrice({ coin, range }, context);
  const symbol = coin.symbol.toUpperCase();
  const rank = price.result.quote?.rank ?? coin.rank;
  const body = html`<h1><bdi>${coin.name}</bdi> <small>${symbol}${rank === null ? '' : ` · rank #${rank}`}</small></h1>
    ${price.html}
    <p class="note">There is no profile of ${coin.name}: numbers only.</p>
    <h2>Ask</h2>
    ${askBox('')}`;
  return layout({
    title: `${coin.name} (${symbol}): live price`,
    description: `Live price of ${coin.name}, with source and age.`,
    body,
    charts: true,
  });
}
