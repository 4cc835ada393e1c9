// Makes a quote of a fallback source's dollar price, in dollars or, by an exchange rate that is named beside it, in another currency.
import type { FallbackPrice } from '../fallback/select.ts';
import type { CoinRef, Conversion, Quote } from '../market.ts';

const UNKNOWN = {
  ath: null,
  athChange: null,
  athAt: null,
  atl: null,
  atlAt: null,
  circulatingSupply: null,
  totalSupply: null,
  maxSupply: null,
  sparkline: null,
};

/** A change or a range in dollars is none in another currency: the rate moved, too. */
const ONLY_IN_DOLLARS = {
  change1h: null,
  change24h: null,
  change7d: null,
  change30d: null,
  change1y: null,
  high24h: null,
  low24h: null,
};

/** `conversion` is null for dollars. */
export function fromFallback(
  { id, symbol, name, rank }: CoinRef,
  { source, ...price }: FallbackPrice,
  currency: string,
  conversion: Conversion | null,
): Quote {
  const quote = { coinId: id, symbol, name, currency, ...price, ...UNKNOWN, rank, source };
  if (conversion === null) return quote;
  const times = (value: number | null) => (value === null ? null : value * conversion.rate);
  return {
    ...quote,
    ...ONLY_IN_DOLLARS,
    price: price.price * conversion.rate,
    marketCap: times(price.marketCap),
    volume24h: times(price.volume24h),
    converted: conversion,
  };
}
