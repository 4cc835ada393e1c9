// Any text that outside hands us: it never becomes markup, a ping or a link, and it stays readable.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Span } from '../../../../src/app/card.ts';
import { allowedHosts } from '../../../../src/bots/discord/links.ts';
import { codeSpan, createLinkPolicy, escapeText } from '../../../../src/bots/discord/render/escape.ts';
import { lookAt, lookAtText } from '../../../fakes/discord/look.ts';
import { bodyOf, button, card, links, problems, textOf } from './rendered.ts';

/** Bits of markup, so that random strings hit what matters. */
const markup = fc.constantFrom(
  '@everyone',
  '@here',
  '<@1>',
  '<@&12>',
  '<#1>',
  '</coin:1>',
  '<a:b:1>',
  '<id:home>',
  '<t:1:R>',
  '[a](https://evil.example)',
  '](',
  '[',
  '**',
  '__',
  '~~',
  '||',
  '`',
  '```',
  '\\',
  '# ',
  '-# ',
  '> ',
  '>>> ',
  '- ',
  '1. ',
  'https://evil.example',
  'discord.gg/abc',
  '\n',
  '\r',
  '\u200b',
  '\u202e',
  '\ud800',
  '👩‍👩‍👧',
  'é',
  'a',
  ' ',
  '$1.00',
  '<',
  '@',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(markup, { maxLength: 12 }).map((parts) => parts.join('')),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  text.map((words) => ({ kind: 'bold' as const, text: words })),
  text.map((words) => ({ kind: 'code' as const, text: words })),
  fc
    .tuple(text, fc.oneof(text, fc.webUrl(), fc.constant('https://www.coingecko.com/en/coins/x(y)')))
    .map(([words, href]) => ({ kind: 'link' as const, text: words, href })),
);
const spans = fc.array(span, { minLength: 1, maxLength: 5 });
const block: fc.Arbitrary<Block> = fc.oneof(
  spans.map((given) => ({ kind: 'text' as const, spans: given })),
  spans.map((given) => ({ kind: 'note' as const, spans: given })),
  text.map((given) => ({ kind: 'heading' as const, text: given })),
  fc.array(spans, { maxLength: 4 }).map((items) => ({ kind: 'list' as const, items })),
  fc
    .array(fc.tuple(text, spans), { maxLength: 4 })
    .map((fields) => ({ kind: 'fields' as const, fields: fields.map(([label, value]) => ({ label, value })) })),
  fc.array(fc.array(spans, { minLength: 2, maxLength: 2 }), { maxLength: 4 }).map((rows) => ({
    kind: 'table' as const,
    caption: 'c',
    columns: [{ label: 'a' }, { label: 'b', numeric: true }],
    rows,
  })),
  fc
    .array(text, { minLength: 1, maxLength: 5 })
    .map((labels) => ({ kind: 'buttons' as const, buttons: labels.map((label) => button(label)) })),
);

describe('any text', () => {
  it('never pings, links elsewhere, leaves marks open or starts a line of its own', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), text, text, (blocks, title, subtitle) => {
        const given = card(blocks, { title, subtitle });
        expect(problems(given)).toEqual([]);
        const look = lookAt(bodyOf(given));
        expect(look.pings).toEqual([]);
        expect(look.dangling).toEqual([]);
        expect(look.links.filter((link) => !/^https:\/\/([a-z0-9-]+\.)*coingecko\.com\//.test(link))).toEqual([]);
        expect(look.lines.filter((kind) => kind.startsWith('>') || /\d/.test(kind))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('shows exactly its visible characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (given) => {
        const visible = lookAtText(escapeText(given)).text.replaceAll('\u200B', '');
        expect(visible).toBe(
          given
            .replaceAll(/[\r\n\t\v\f]+/g, ' ')
            .replaceAll(/\p{Cc}/gu, '')
            .normalize('NFC'),
        );
      }),
    );
  });

  it('keeps emoji together, and drops what hides or paints over', () => {
    expect(escapeText('👩‍👩‍👧 ok')).toBe('👩‍👩‍👧 ok');
    expect(escapeText('T\u200BA\u202EO\u2066\uFEFF\ud800')).toBe('TAO');
    expect(escapeText(`a${'\u0301'.repeat(10_000)}`).length).toBeLessThan(10);
    expect(escapeText('1\u202F234,5\u00A0€')).toBe('1\u202F234,5\u00A0€'); // spaces of number formats stay
    expect(codeSpan('a`b')).toBe('`a′b`');
  });
});

describe('links', () => {
  it.each([
    'http://coingecko.com/',
    'https://coingecko.com.evil.example/',
    'https://user:pw@coingecko.com/',
    'javascript:alert(1)',
    'https://evilcoingecko.com/',
    '//coingecko.com',
    'nonsense',
    `https://coingecko.com/${'a'.repeat(600)}`,
  ])('refuses %.60s', (href) => {
    expect(links(href)).toBeNull();
    expect(
      lookAt(bodyOf(card([{ kind: 'text', spans: [{ kind: 'link', text: 'words', href }] }], { titleHref: href })))
        .links,
    ).toEqual([]);
  });
  it('allows listed hosts with their subdomains', () => {
    expect(
      lookAtText(
        textOf(
          card([{ kind: 'text', spans: [{ kind: 'link', text: 'a]b', href: 'https://www.coingecko.com/x(1)' }] }]),
        ),
      ).links,
    ).toEqual(['https://www.coingecko.com/x%281%29']);
  });
});

it('links the one invitation that the FAQ names, and nobody else’s', () => {
  const policy = createLinkPolicy(allowedHosts([], null));
  expect(policy('https://discord.com/invite/bittensor')).toBe('https://discord.com/invite/bittensor');
  for (const other of [
    'https://discord.com/invite/other',
    'https://discord.com/invite/bittensor?x=1',
    'https://discord.com/invite/bittensor/../x',
    'https://discord.com/',
    'http://discord.com/invite/bittensor',
  ])
    expect(policy(other)).toBeNull();
  const faq = readFileSync(path.join(import.meta.dirname, '../../../../src/content/faq/get-help.md'), 'utf8');
  expect(faq).toContain('https://discord.com/invite/bittensor)');
});
