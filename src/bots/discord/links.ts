// Hosts that Discord messages may link: where our facts and prices come from; every other address is shown as text.

/** Pages of price sources and explorers that cards link beside the sources of the content. */
const ALWAYS = ['www.coingecko.com', 'coinpaprika.com', 'www.kraken.com', 'exchange.coinbase.com', 'docs.taostats.io'];

/** @param publicUrl our own web page, or null */
export function allowedHosts(sourceUrls: readonly string[], publicUrl: string | null): string[] {
  const own = publicUrl === null ? [] : [publicUrl];
  return [
    ...new Set([
      ...ALWAYS,
      ...[...sourceUrls, ...own].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname),
    ]),
  ];
}
