// Every source leads to the page that says it: no bare home pages, no GitHub pages that change under the link.
import { describe, expect, it } from 'vitest';
import { shippedContent } from './shipped.ts';

/** What is wrong with an address as a source; undefined when it is a page of its own that stays what it is. */
function faultOf(address: string): string | undefined {
  const { hostname, pathname, search } = new URL(address);
  const parts = pathname.split('/').filter((part) => part !== '');
  if (parts.length === 0 && search === '') return 'is a home page';
  if (parts.length === 1 && /^[a-z]{2}(?:-[a-z]{2})?$/iu.test(parts[0] ?? '')) return 'is a home page in a language';
  if (hostname === 'raw.githubusercontent.com') return isCommit(parts[2]) ? undefined : 'is not pinned to a commit';
  if (hostname !== 'github.com' && hostname !== 'gitlab.com') return undefined;
  const kind = parts.findIndex((part) => ['blob', 'tree', 'raw', 'blame'].includes(part));
  if (kind >= 2) return isCommit(parts[kind + 1]) ? undefined : 'is not pinned to a commit';
  return /\/(?:issues|pull|pulls|commit|releases\/tag|discussions)\/[\w.-]+$/u.test(pathname)
    ? undefined
    : 'is a repository, not a page of it';
}

const isCommit = (part = '') => /^[0-9a-f]{40}$/u.test(part);

describe('an address', () => {
  it.each([
    'https://example.org',
    'https://example.org/',
    'https://example.org/en/',
    'https://docs.example.org/en-GB',
    'https://github.com/owner',
    'https://github.com/owner/name',
    'https://github.com/owner/name/issues',
    'https://github.com/owner/name/blob/main/docs/a.md',
    'https://github.com/owner/name/tree/main/docs',
    'https://github.com/owner/name/raw/main/a.md',
    'https://github.com/owner/name/blob/v1.2/a.md',
    'https://github.com/owner/name/blob/14bc6f9/a.md',
    'https://raw.githubusercontent.com/owner/name/main/a.md',
  ])('%s is refused', (address) => expect(faultOf(address)).toMatch(/^is /u));

  it.each([
    'https://example.org/releases',
    'https://example.org/?p=59823',
    'https://docs.example.org/docs/faq',
    'https://github.com/owner/name/pull/2781',
    'https://github.com/owner/name/issues/3157',
    'https://github.com/owner/name/commit/f4f8ea080c551b6625d93205591cf2a4e914aa58',
    'https://github.com/owner/name/blob/14bc6f9f964b9cc362e9635dd110a487fa5d15a0/docs/a.md',
  ])('%s is taken', (address) => expect(faultOf(address)).toBeUndefined());
});

it('every source of every entry, profile and shared fact is such a page', () => {
  const { coins, faq, facts } = shippedContent;
  const sources = [
    ...Array.from(faq.values(), ({ id, sources }) => sources.map(({ url }) => ({ at: `faq/${id}.md`, url }))),
    ...Array.from(coins.values(), ({ id, sources }) =>
      Object.values(sources).map(({ url }) => ({ at: `coins/${id}.md`, url })),
    ),
    ...Array.from(facts.values(), ({ id, source }) => [{ at: `facts.yaml › ${id}`, url: source.url }]),
  ].flat();
  expect(sources.length).toBeGreaterThan(200);
  expect(
    sources.flatMap(({ at, url }) => (faultOf(url) === undefined ? [] : [`${at}: ${url} ${faultOf(url)}`])),
  ).toEqual([]);
});
