// One coin in a few words, for places without room: what a bot shows beside its name.
import { dateTime } from '../../format/dates.ts';
import { freshness } from '../../format/freshness.ts';
import { money, share } from '../../format/numbers.ts';
import { visibleLine } from '../../base/visible-text.ts';
import type { Services } from '../services.ts';
import { shownChange } from './quote.ts';

/**
 * "TAO $250.28 ▲ 3.6%", with the change over 24 hours; "TAO price delayed" where the number is a quarter of an hour old, unconfirmed or missing:
 * nobody sees its age there.
 * @param coin CoinGecko's id. @param now epoch ms
 */
export async function priceLine(services: Services, coin: string, now: number): Promise<string> {
  return (await read(services, coin, now)).words;
}

/**
 * The same with the moment of the price, for what stays as it is until it is written again: "TAO $250.28 ▲ 3.6% · 22 Nov 2026, 10:00 UTC". A
 * clock time stays true however late it is read; an age would not.
 */
export async function datedPriceLine(services: Services, coin: string, now: number): Promise<string> {
  const { words, at } = await read(services, coin, now);
  return at === null ? words : `${words} · ${dateTime(at, services.defaults.locale)}`;
}

/** Here nothing is escaped: a ticker that could be an address, a mention or an emoji gives way to the coin's id. */
const MARKUP = /[<>@:/`*_~|[\]\\]/;
const LONGEST = 40;

/** `at`: of the price, epoch ms; null where none is shown. */
async function read(
  { market, defaults }: Services,
  coin: string,
  now: number,
): Promise<{ words: string; at: number | null }> {
  const { quote } = (await market.quotes([coin], defaults.currency)).get(coin);
  const ticker = (quote ?? market.directory().find(({ id }) => id === coin))?.symbol.toUpperCase() ?? coin;
  const symbol = MARKUP.test(ticker) ? visibleLine(coin, LONGEST) : ticker;
  if (quote === null || quote.unconfirmed === true || !isFresh(now - quote.at))
    return { words: `${symbol} price delayed`, at: null };
  const moved = shownChange(quote, quote.change24h, now);
  const price = `${symbol} ${money(quote.price, quote.currency, defaults.locale)}`;
  const change = moved === null ? '' : ` ${arrow(moved)}${share(Math.abs(moved), defaults.locale, 1)}`;
  return { words: `${price}${change}`, at: quote.at };
}

function arrow(moved: number): string {
  return moved === 0 ? '' : moved > 0 ? '▲ ' : '▼ ';
}

function isFresh(ageMs: number): boolean {
  return ['live', 'recent'].includes(freshness(ageMs));
}
