// What a dollar buys in each currency that CoinGecko knows, for the fake of it.

/**
 * Units per US dollar of every currency of `/simple/supported_vs_currencies`; `/exchange_rates` of the real one has them all. From the
 * example answer in CoinGecko's API description (github.com/coingecko/coingecko-api-oas, May 2026, rounded), except eur, gbp and jpy, which
 * are round on purpose. Coins and their units follow from the fake's own prices where it has the coin.
 */
const TABLE = `
  usd 1, eur 0.86, gbp 0.75, jpy 152, cny 6.79, aed 3.673, ars 1408, aud 1.396, bdt 122.8, bhd 0.377, bmd 1, brl 5.04, cad 1.381, chf 0.786,
  clp 896, czk 20.9, dkk 6.43, gel 2.66, hkd 7.84, huf 306, idr 17811, ils 2.84, inr 95.7, krw 1508, kwd 0.31, lkr 325, mmk 2100, mxn 17.3,
  myr 3.97, ngn 1373, nok 9.27, nzd 1.714, php 61.6, pkr 278, pln 3.65, rub 72, sar 3.74, sek 9.32, sgd 1.278, thb 32.7, try 45.9, twd 31.4,
  uah 44.3, vef 0.1, vnd 26344, zar 16.4, xdr 0.701, xag 0.0131, xau 0.000222, btc 0.0000132, bits 13.2, sats 1319, eth 0.000486, ltc 0.0194,
  bch 0.00291, bnb 0.00153, eos 12.8, xrp 0.753, xlm 6.81, link 0.106, dot 0.802, yfi 0.00041, sol 0.012`;

export function fakeRates(): Map<string, number> {
  return new Map(
    TABLE.split(',')
      .map((cell) => cell.trim().split(' '))
      .map(([unit = '', rate]) => [unit, Number(rate)]),
  );
}

/** Currencies that are coins or parts of one: the coin's id and how many units make one coin. */
export const COIN_UNITS: Readonly<Record<string, readonly [id: string, units: number]>> = {
  btc: ['bitcoin', 1],
  bits: ['bitcoin', 1e6],
  sats: ['bitcoin', 1e8],
  eth: ['ethereum', 1],
  ltc: ['litecoin', 1],
  bch: ['bitcoin-cash', 1],
  bnb: ['binancecoin', 1],
  xrp: ['ripple', 1],
  xlm: ['stellar', 1],
  link: ['chainlink', 1],
  dot: ['polkadot', 1],
  yfi: ['yearn-finance', 1],
  sol: ['solana', 1],
};
const COMMODITIES = new Set(['xag', 'xau']);

export function rateType(unit: string): 'crypto' | 'commodity' | 'fiat' {
  if (unit in COIN_UNITS || unit === 'eos') return 'crypto';
  return COMMODITIES.has(unit) ? 'commodity' : 'fiat';
}
