// Currencies that prices can be asked in: CoinGecko's list of `/simple/supported_vs_currencies`, kept here so that asking costs no call.

/** Lower case; fiat first, then metals, then coins and their units. */
export const CURRENCIES: readonly string[] = `
  usd eur gbp jpy cny aed ars aud bdt bhd bmd brl cad chf clp czk dkk gel hkd huf idr ils inr krw kwd
  lkr mmk mxn myr ngn nok nzd php pkr pln rub sar sek sgd thb try twd uah vef vnd zar xdr xag xau bits
  sats btc eth ltc bch bnb eos xrp xlm link dot yfi sol
`
  .trim()
  .split(/\s+/u);

/** Units whose worth in dollars moves as fast as the coins themselves. */
const COIN_UNITS: ReadonlySet<string> = new Set(CURRENCIES.slice(CURRENCIES.indexOf('bits')));

export function isCoinUnit(currency: string): boolean {
  return COIN_UNITS.has(currency);
}

const KNOWN: ReadonlySet<string> = new Set(CURRENCIES);

export function isCurrency(text: string): boolean {
  return KNOWN.has(text);
}
