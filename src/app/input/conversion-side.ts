// One side of a conversion, coin or currency: what one of it is worth, who said so and when.
import { remarks } from '../blocks/quote.ts';
import { type Card, type Span, spanText } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { amount, money } from '../../format/numbers.ts';
import { namesakes, pickCoin, unknownCoinCard } from './coin-argument.ts';
import { currencyWord, COIN_UNITS } from '../reader/words.ts';
import type { Source } from '../../market/market.ts';

/** One side of a conversion: its worth in the pivot currency, who said so and when; `money` formats an amount of it. */
export type Side = {
  label: string;
  /** What a control says for this side: a currency's code or a coin's id. */
  text: string;
  /** A remark on a ticker that several coins have, or null. */
  shared: string | null;
  worth: number;
  at: number;
  source: Source;
  /** Doubts about its price, and why there is nothing newer; each begins with " · ". */
  remarks: readonly Span[];
  show(value: number): string;
};
export type FoundSide = Side | { card: Card } | { reason: string };

/** Everything is priced in this currency first: it is the one that is always fresh. */
const PIVOT = 'usd';
/** A code like "btc" means a coin only among so many of the largest. */
const WELL_KNOWN = 300;

/** A currency first, else a coin; codes that are both (btc, eth) are the coin when it is the large one that the code is known for. */
export async function sideOf(text: string, context: CommandContext): Promise<FoundSide> {
  const { market } = context.services;
  const currency = /^(?:id:|\$\p{L})/u.test(text)
    ? null
    : currencyWord(text.trim().toLowerCase(), new Set(market.currencies()));
  if (currency !== null && !currency.coin) return await currencySide(currency.code, context);
  const unit = text.trim().toLowerCase();
  if (Object.hasOwn(COIN_UNITS, unit)) return await unitSide(unit, context);
  const picked = pickCoin(context.services, text);
  if (currency !== null && (picked.coin === null || (picked.coin.rank ?? Infinity) > WELL_KNOWN))
    return await currencySide(currency.code, context);
  if (picked.coin === null) return { card: unknownCoinCard(text, picked, 'coin') };
  const { coin } = picked;
  const found = (await market.quotes([coin.id], PIVOT)).get(coin.id);
  if (found.quote === null) return { reason: `${coin.name}: ${found.reason}` };
  const symbol = coin.symbol.toUpperCase();
  return {
    label: symbol,
    text: `id:${coin.id}`,
    shared: namesakes([{ text, picked }], context.services),
    worth: found.quote.price,
    at: found.quote.at,
    source: found.quote.source,
    remarks: remarks(found, { locale: context.request.locale, now: context.now }),
    show: (value) => `${coinAmount(value, context.request.locale)} ${symbol}`,
  };
}

/** A part of a coin: "rao", "gwei". */
async function unitSide(unit: string, context: CommandContext): Promise<FoundSide> {
  const { coin, perCoin } = COIN_UNITS[unit] ?? { coin: unit, perCoin: 1 };
  const whole = await sideOf(`id:${coin}`, context);
  if (!('worth' in whole)) return whole;
  const label = unitLabel(unit);
  return {
    ...whole,
    label,
    text: unit,
    worth: whole.worth / perCoin,
    show: (value) => `${coinAmount(value, context.request.locale)} ${label}`,
  };
}

/** RAO, but gwei, as they are written. */
export function unitLabel(unit: string): string {
  return unit === 'rao' ? 'RAO' : unit;
}

async function currencySide(code: string, context: CommandContext): Promise<FoundSide> {
  const found = await context.services.market.rate(code, PIVOT);
  if (found.rate === null) return { reason: `${code.toUpperCase()}: ${found.reason}` };
  return {
    label: code.toUpperCase(),
    text: code,
    shared: null,
    worth: found.rate,
    at: found.at,
    source: found.source,
    remarks: [],
    show: (value) => money(value, code, context.request.locale),
  };
}

/** What is to be said of the prices of all sides, the same once. */
export function sideRemarks(sides: readonly Side[]): Span[] {
  return [...new Map(sides.map((side) => [spanText(side.remarks), side.remarks])).values()].flat();
}

/** Below this, eight decimals would leave fewer than four digits that say something. */
const SMALL = 1e-5;

/** Coins are counted more finely than money: eight decimals at most, more for very small amounts. */
export function coinAmount(value: number, locale: string): string {
  if (value !== 0 && Math.abs(value) < SMALL)
    return new Intl.NumberFormat(locale, { maximumSignificantDigits: 4, maximumFractionDigits: 20 }).format(value);
  return amount(value, locale, Math.abs(value) >= 1000 ? 2 : 8);
}
