// From what somebody typed to a coin: shared tickers are resolved openly, unknown ones get suggestions.
import type { Card, MenuOption } from './card.ts';
import { messageCard } from './error-card.ts';
import type { Services } from './services.ts';
import type { CoinRef } from '../market/market.ts';

export type Picked = { coin: CoinRef; others: readonly CoinRef[] } | { coin: null; suggestions: readonly CoinRef[] };

/** Looks a coin up by id, ticker, name or alias; typos only yield suggestions. */
export function pickCoin(services: Services, text: string): Picked {
  const found = services.coins().resolve(text);
  return found.kind === 'exact' ? { coin: found.coin, others: found.others } : { coin: null, suggestions: found.suggestions };
}

/** "TAO · Bittensor · #40", for menus and suggestions. */
export function coinLabel(coin: CoinRef): string {
  return [coin.symbol, coin.name, coin.rank === null ? null : `#${coin.rank}`].filter((part) => part !== null).join(' · ');
}

/** The card for a coin that we do not know: says so and offers what comes closest. */
export function unknownCoinCard(typed: string, suggestions: readonly CoinRef[], command: string, rest: Readonly<Record<string, string>> = {}): Card {
  const shown = typed.replaceAll(/\s+/g, ' ').slice(0, 60);
  const card = messageCard('coin', 'not-found', 'Unknown coin', suggestions.length === 0 ? `I know no coin called "${shown}". Try a ticker like TAO, a name like Bittensor, or an id of CoinGecko.` : `I know no coin called "${shown}". Did you mean one of these?`);
  if (suggestions.length === 0) return card;
  const options: MenuOption[] = suggestions.slice(0, 5).map((coin) => ({ label: coinLabel(coin), ask: { command, args: { ...rest, coin: coin.id } } }));
  return { ...card, blocks: [...card.blocks, { kind: 'list', items: suggestions.slice(0, 5).map((coin) => [coinLabel(coin)]) }, { kind: 'buttons', buttons: options.map(({ label, ask }) => ({ label: label.slice(0, 80), ask })) }] };
}
