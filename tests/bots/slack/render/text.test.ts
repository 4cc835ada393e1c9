// Spans as mrkdwn: only nodes become markup, and shortening keeps links and moments whole or drops them.
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../../src/app/card.ts';
import { cutSpans, link, spansText } from '../../../../src/bots/slack/render/text.ts';

const AT = Date.UTC(2026, 8, 18, 12) + 999;
const LINK: Span = { kind: 'link', text: 'CoinGecko', href: 'https://www.coingecko.com' };
const RENDERED_LINK = '<https://www.coingecko.com/|CoinGecko>';

describe('a span', () => {
  it.each<[string, Span, string]>([
    ['literal text', '*TAO* & <co>', '∗TAO∗ &amp; &lt;co&gt;'],
    ['bold', { kind: 'bold', text: 'up' }, '*up*'],
    ['bold with a star of its own', { kind: 'bold', text: 'a*b' }, '*a∗b*'],
    ['bold with spaces around it', { kind: 'bold', text: ' up ' }, ' *up* '],
    ['bold over two lines', { kind: 'bold', text: 'one\n\ntwo' }, '*one*\n\n*two*'],
    ['code with a back-tick of its own', { kind: 'code', text: '/coin `tao`' }, '`/coin ˋtaoˋ`'],
    ['a link', LINK, RENDERED_LINK],
    ['a link with a bar in its words', { ...LINK, text: 'a|b' }, '<https://www.coingecko.com/|a¦b>'],
    ['a link that leads nowhere safe', { ...LINK, href: 'javascript:x' }, 'CoinGecko'],
    ['a channel', { kind: 'channel', id: 'C0GENERAL', text: 'channel C0GENERAL' }, '<#C0GENERAL>'],
    ['a channel of another platform', { kind: 'channel', id: '7<200>', text: 'channel <7>' }, 'channel &lt;7&gt;'],
    ['a moment', { kind: 'time', at: AT, style: 'relative', text: '2 min ago' }, '<!date^1789732800^{ago}|2 min ago>'],
    [
      'a moment with marks of Slack in its words',
      { kind: 'time', at: AT, style: 'datetime', text: 'a|b^c' },
      '<!date^1789732800^{date_short} {time}|a b c>',
    ],
  ])('%s', (_, span, text) => {
    expect(spansText([span])).toBe(text);
  });

  it('without words is no link', () => {
    expect([link('', 'https://example.org'), link(' \n', 'https://example.org')]).toEqual(['', ' \n']);
  });
});

describe('shortened', () => {
  const rendered = (spans: readonly Span[], longest: number) => spansText(cutSpans(spans, longest));

  it('not at all when it fits', () => {
    const spans: Span[] = ['price ', { kind: 'bold', text: '$1' }, ' ', LINK];
    expect(rendered(spans, 100)).toBe(`price *$1* ${RENDERED_LINK}`);
  });

  it('text is cut with a mark, and what follows is gone', () => {
    expect(rendered(['a sentence that goes on', LINK], 12)).toMatch(/^a sent\S*…$/);
  });

  it('a link is kept or dropped, never halved', () => {
    expect(rendered(['see ', LINK, ' for more'], 4 + RENDERED_LINK.length + 2)).toBe(`see ${RENDERED_LINK}…`);
    expect(rendered(['see ', LINK], 20)).toBe('see …');
  });

  it('counts what escaping adds', () => {
    for (const longest of [10, 20, 40, 80]) {
      const text = rendered(['&<>'.repeat(50)], longest);
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(text).toMatch(/^(?:&(?:amp|lt|gt);)*…$/);
    }
  });
});
