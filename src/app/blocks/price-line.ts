// One coin in a few words, for places without room: what a bot shows beside its name.
import { freshness } from '../../format/freshness.ts';
import { money, share } from '../../format/numbers.ts';
import type { Services } from '../services.ts';
import { shownChange } from './quote.ts';

/**
 * "TAO $250.28 ▲ 3.6%", with the change over 24 hours; "TAO price delayed" where the number is a quarter of an hour old, unconfirmed or missing:
 * nobody sees its age there.
 * @param coin CoinGecko's id. @param now epoch ms
 */
export async function priceLine({ market, defaults }: Services, coin: string, now: number): Promise<string> {
  const { quote } = (await market.quotes([coin], defaults.currency)).get(coin);
  const symbol = (quote ?? market.directory().find(({ id }) => id === coin))?.symbol.toUpperCase() ?? coin;
  if (quote === null || quote.unconfirmed === true || !isFresh(now - quote.at)) return `${symbol} price delayed`;
  const moved = shownChange(quote, quote.change24h, now);
  const price = `${symbol} ${money(quote.price, quote.currency, defaults.locale)}`;
  return moved === null ? price : `${price} ${arrow(moved)}${share(Math.abs(moved), defaults.locale, 1)}`;
}

function arrow(moved: number): string {
  return moved === 0 ? '' : moved > 0 ? '▲ ' : '▼ ';
}

function isFresh(ageMs: number): boolean {
  return ['live', 'recent'].includes(freshness(ageMs));
}
