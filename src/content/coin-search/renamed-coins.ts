// Tickers that people still type although the coin has another one now: what became of it, since when, and who says so. As of November 2026.

/**
 * `ticker`: the old one, lower case. `became`: id of the coin that took its place. `oneToOne`: the old ticker simply means the new coin; else the
 * old coin keeps its own price and is only spoken about. `said`: the sentence for the answer. `source`: the page of those who did it.
 */
export type RenamedCoin = {
  readonly ticker: string;
  readonly became: string;
  readonly oneToOne: boolean;
  readonly said: string;
  readonly source: string;
};

export const RENAMED_COINS: readonly RenamedCoin[] = [
  {
    ticker: 'matic',
    became: 'polygon-ecosystem-token',
    oneToOne: true,
    said: 'MATIC became POL on 4 September 2024, one for one',
    source: 'https://github.com/0xPolygon/pos-contracts/releases/tag/v2.0.0',
  },
  {
    ticker: 'rndr',
    became: 'render-token',
    oneToOne: true,
    said: 'RNDR became RENDER on Solana from November 2023 on',
    source: 'https://github.com/rendernetwork/RNPs/blob/main/RNP-006.md',
  },
  {
    ticker: 'eos',
    became: 'vaulta',
    oneToOne: true,
    said: 'EOS became Vaulta (A) in May 2025, one for one',
    source: 'https://github.com/VaultaFoundation/vaulta-system-contract',
  },
  {
    ticker: 'ftm',
    became: 'sonic-3',
    oneToOne: true,
    said: 'FTM became S (Sonic) from 18 December 2024 on, one for one',
    source: 'https://docs.fantom.foundation/sonic-migration/app-token-migration',
  },
  {
    ticker: 'mkr',
    became: 'sky',
    oneToOne: false,
    said: 'MKR is being replaced by SKY since May 2025, not one for one',
    source: 'https://sky-developer-portal.pages.dev/guides/sky/token-governance-upgrade/overview',
  },
  {
    ticker: 'agix',
    became: 'fetch-ai',
    oneToOne: false,
    said: 'AGIX has been merging into FET (Artificial Superintelligence Alliance) since 1 July 2024, not one for one',
    source:
      'https://docs.superintelligence.io/artificial-superintelligence-alliance/navigating-the-asi-token-merger-a-comprehensive-guide',
  },
];

/** Old tickers by the id of the coin that they mean now. */
export const FORMER_TICKERS: ReadonlyMap<string, readonly string[]> = new Map(
  RENAMED_COINS.filter(({ oneToOne }) => oneToOne).map(({ became, ticker }) => [became, [ticker]]),
);
