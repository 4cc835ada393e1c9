// From what somebody typed to a coin: shared tickers are resolved openly, unknown ones get suggestions.
import { fitsControl } from '../control-id.ts';
import type { Card, MenuOption } from '../card.ts';
import { messageCard } from '../error-card.ts';
import type { Services } from '../services.ts';
import type { CoinRef } from '../../market/market.ts';

export type Picked = { coin: CoinRef; others: readonly CoinRef[] } | { coin: null; suggestions: readonly CoinRef[] };

/** Looks a coin up by id, ticker, name or alias; typos only yield suggestions. */
export function pickCoin(services: Services, text: string): Picked {
  const found = services.content.index().resolve(text);
  return found.kind === 'exact'
    ? { coin: found.coin, others: found.others }
    : { coin: null, suggestions: found.suggestions };
}

/** "TAO · Bittensor · #40", for menus and suggestions. */
export function coinLabel(coin: CoinRef): string {
  return [coin.symbol, coin.name, coin.rank === null ? null : `#${coin.rank}`]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Up to five coins as options of a menu or as buttons; the id form avoids picking another coin with the same ticker. */
export function coinOptions(
  coins: readonly CoinRef[],
  command: string,
  rest: Readonly<Record<string, string>>,
): MenuOption[] {
  const options = coins
    .slice(0, 5)
    .map((coin) => ({ label: coinLabel(coin), invocation: { command, args: { ...rest, coin: `id:${coin.id}` } } }));
  return options.filter(({ invocation }) => fitsControl(invocation));
}

/** The card for a coin that we do not know: says so and offers what comes closest. */
export function unknownCoinCard(
  typed: string,
  suggestions: readonly CoinRef[],
  command: string,
  rest: Readonly<Record<string, string>> = {},
): Card {
  const shown = typed.replaceAll(/\s+/g, ' ').slice(0, 60);
  const hint =
    suggestions.length === 0
      ? 'Try a ticker like TAO, a name like Bittensor, or a CoinGecko ID.'
      : 'Did you mean one of these?';
  const card = messageCard('coin', 'not-found', 'Unknown coin', `I don't know a coin called "${shown}". ${hint}`);
  const options = coinOptions(suggestions, command, rest);
  if (options.length === 0) return card;
  const buttons = options.map(({ label, invocation }) => ({ label: label.slice(0, 75), invocation }));
  return {
    ...card,
    blocks: [
      ...card.blocks,
      { kind: 'list', items: options.map(({ label }) => [label]) },
      { kind: 'buttons', buttons },
    ],
  };
}
