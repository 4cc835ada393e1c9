// Hosts that Discord messages may link: where our facts and prices come from; every other address is shown as text.

/** Explorers that cards link beside the sources of facts and prices. */
const ALWAYS = ['docs.taostats.io'];

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
