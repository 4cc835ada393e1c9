// What Discord messages may link: hosts where our facts and prices come from, and one invitation; every other address is shown as text.

/**
 * What the FAQ links beside the sources of facts and prices. The invitation is allowed as it stands and not by its host, where everybody's
 * invitations are.
 */
const ALWAYS = ['docs.taostats.io', 'https://discord.com/invite/bittensor'];

/** Hosts (with their subdomains) and single addresses. @param publicUrl our own web page, or null */
export function allowedHosts(sourceUrls: readonly string[], publicUrl: string | null): string[] {
  const own = publicUrl === null ? [] : [publicUrl];
  return [
    ...new Set([
      ...ALWAYS,
      ...[...sourceUrls, ...own].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname),
    ]),
  ];
}
