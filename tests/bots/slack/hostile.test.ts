// Whatever people type, Slack shows it as text: the oracle reads our outgoing messages as Slack's client would.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card, Span } from '../../../src/app/card.ts';
import { renderCard } from '../../../src/bots/slack/render/render.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { blockProblems } from '../../fakes/slack/blocks.ts';
import { openScene, type Scene } from './scene.ts';

const RULES = { dataVisualization: true, dataTable: true, fileReady: () => true, mostBlocks: 50 };

/** Control sequences as Slack's client finds them in mrkdwn: pings, and the targets of links. */
function controls(message: unknown): { pings: string[]; links: string[] } {
  const found = { pings: [] as string[], links: [] as string[] };
  for (const text of markupOf(message)) {
    for (const [whole, inside = ''] of text.matchAll(/<([^<>]*)>/g)) {
      if (inside.startsWith('!date^')) continue;
      if (/^[!@#]/.test(inside)) found.pings.push(whole);
      else found.links.push(inside.split('|')[0] ?? '');
    }
    if (/[<>]/.test(text.replaceAll(/<[^<>]*>/g, ''))) found.pings.push(`stray bracket in ${text.slice(0, 80)}`);
    if (/&(?!(?:amp|lt|gt);)/.test(text)) found.pings.push(`stray ampersand in ${text.slice(0, 80)}`);
  }
  return found;
}

/** All texts that Slack reads as markup; mrkdwn objects must be verbatim, plain text must not look like a ping. */
function markupOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(markupOf);
  const record = value as Record<string, unknown>;
  if (record['type'] === 'mrkdwn') {
    expect(record['verbatim']).toBe(true);
    return [String(record['text'])];
  }
  if (record['type'] === 'plain_text' || record['type'] === 'raw_text')
    expect(String(record['text'])).not.toMatch(/<[!@#]/);
  const top = typeof record['text'] === 'string' && record['type'] === undefined ? [record['text']] : [];
  return [...top, ...Object.values(record).flatMap(markupOf)];
}

/** Links that the core itself makes: sources and our pages. */
const OWN_LINK =
  /^https:\/\/(www\.)?(coingecko\.com|[a-z0-9.-]*(bittensor|taostats|github|opentensor|arxiv|grayscale|learnbittensor)[a-z0-9.-]*)\//;

const CORPUS: readonly [string, string][] = [
  ['S1', '@everyone'],
  ['S1b', '@here'],
  ['S2', '<@&123456789012345678> <@!1> <#1>'],
  ['S3', '<!channel>'],
  ['S3b', '<!here|here>'],
  ['S3c', '<!everyone> <!subteam^S1> <@U1>'],
  ['S3d', '&lt;!channel&gt;'],
  ['S4', '[Free TAO](https://evil.example)'],
  ['S5', '<https://evil.example|coingecko.com>'],
  ['S5b', '&lt;https://evil.example|coingecko.com&gt;'],
  ['S6', '../../v3/ping'],
  ['S7', 'bitcoin?x_cg_demo_api_key=1&'],
  ['S8', 'bitcoin\r\nHost: evil'],
  ['S9', '__proto__'],
  ['S9b', 'constructor'],
  ['S9c', 'toString'],
  ['S9d', 'hasOwnProperty'],
  ['S10', 'ТАО'],
  ['S11', '\u202eoat'],
  ['S12', 'x'.repeat(6000)],
  ['S12b', `a${'\u0301'.repeat(10_000)}`],
  ['S13', '\u0000\ud800\ufffe'],
  ['S14', "tao'); DROP TABLE subscription;--"],
  ['S15', '$(curl evil) `id` ; rm -rf /'],
  ['S16', '${process.env.SLACK_BOT_TOKEN} {{7*7}} <%= 1 %> %s%n'],
  ['S17', `${'a'.repeat(50_000)}!`],
  ['S17b', '('.repeat(3000)],
  ['F1', '*bold* _italic_ ~gone~ `code` ```fence'],
  ['F2', '&amp;lt;!channel&amp;gt;'],
  ['F3', 'https://evil.example'],
  ['F4', '&#60;!channel&#62;'],
];

describe('through the whole bot', () => {
  let core: TestCore;
  let scene: Scene;
  beforeAll(async () => {
    core = await openTestCore();
    scene = await openScene(core);
  });
  afterAll(async () => {
    await scene.close();
    await core.close();
  });

  it.each(CORPUS)('%s is shown inert or refused', async (id, input) => {
    const { slack } = scene;
    for (const [index, command] of ['/coin', '/price', '/faq', '/convert', '/compare', '/nosuch'].entries()) {
      const before = slack.messages().length;
      await slack.slash(command, input, { user: `U0${id.toUpperCase()}${index}` });
      const answers = await slack.waitFor(before + 1);
      const sent = answers.at(-1)?.sent;
      const { pings, links } = controls(sent);
      expect(pings).toEqual([]);
      expect(links.filter((link) => !OWN_LINK.test(link))).toEqual([]);
      const all = JSON.stringify(sent);
      expect(all).not.toContain('<https://evil');
      for (const words of ['function ', '[object Object]', 'xoxb-', '\u202e']) expect(all).not.toContain(words);
    }
    expect(slack.space.problems).toEqual([]);
  });

  it('shows an escaped ping as typed', async () => {
    const { slack } = scene;
    const before = slack.messages().length;
    await slack.slash('/coin', '&lt;!channel&gt;', { user: 'U0ESCAPED' });
    expect((await slack.waitFor(before + 1)).at(-1)?.text).toContain('&lt;!channel&gt;');
  });
});

describe('the renderer', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          '<',
          '>',
          '&',
          '!',
          '@',
          '#',
          '|',
          '^',
          '*',
          '_',
          '~',
          '`',
          '```',
          '\n',
          '<!channel>',
          '<@U1>',
          'https://evil.example',
          '&lt;',
          'a',
          ' ',
          '\u202e',
          '\ud800',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
  );
  const span: fc.Arbitrary<Span> = fc.oneof(
    nasty,
    nasty.map((text): Span => ({ kind: 'bold', text })),
    nasty.map((text): Span => ({ kind: 'code', text })),
    fc
      .tuple(
        nasty,
        fc.oneof(
          nasty,
          fc.constantFrom(
            'https://www.coingecko.com/en',
            'https://user:pass@evil.example/',
            'javascript:alert(1)',
            'https://a.example/|>x',
          ),
        ),
      )
      .map(([text, href]): Span => ({ kind: 'link', text, href })),
    nasty.map((text): Span => ({ kind: 'time', at: 1_700_000_000_000, style: 'relative', text })),
  );
  const spans = fc.array(span, { maxLength: 6 });
  const point = fc.tuple(
    fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  );
  const block = fc.oneof(
    spans.map((list) => ({ kind: 'text', spans: list }) as const),
    spans.map((list) => ({ kind: 'note', spans: list }) as const),
    nasty.map((text) => ({ kind: 'heading', text }) as const),
    nasty.map((value) => ({ kind: 'headline', value, detail: value }) as const),
    fc.array(spans, { maxLength: 5 }).map((list) => ({ kind: 'list', items: list }) as const),
    fc
      .array(fc.tuple(nasty, spans), { maxLength: 14 })
      .map((list) => ({ kind: 'fields', fields: list.map(([label, value]) => ({ label, value })) }) as const),
    fc.array(fc.tuple(spans, spans), { maxLength: 6 }).map(
      (rows) =>
        ({
          kind: 'table',
          caption: 'T',
          columns: [{ label: '<!here>' }, { label: 'b', numeric: true }],
          rows,
        }) as const,
    ),
    fc.tuple(nasty, fc.array(point, { maxLength: 60 })).map(
      ([text, points]) =>
        ({
          kind: 'chart',
          chart: {
            title: text,
            alt: text,
            fileName: 'x.png',
            unit: { currency: 'usd' },
            series: [
              { label: text, points: points.toSorted((a, b) => a[0] - b[0]) },
              { label: text, points },
            ],
          },
        }) as const,
    ),
    fc.array(nasty, { maxLength: 30 }).map(
      (labels) =>
        ({
          kind: 'buttons',
          buttons: labels.map((label) => ({
            label,
            invocation: { command: 'coin', args: { coin: 'tao' } },
            active: true,
          })),
        }) as const,
    ),
    fc.array(fc.tuple(nasty, nasty), { maxLength: 8 }).map(
      (list) =>
        ({
          kind: 'menu',
          placeholder: '<@U1>',
          options: list.map(([label, description]) => ({
            label,
            description,
            invocation: { command: 'help', args: {} },
          })),
        }) as const,
    ),
  );
  const card: fc.Arbitrary<Card> = fc
    .record({ title: nasty, subtitle: nasty, blocks: fc.array(block, { maxLength: 5 }) })
    .map((fields): Card => ({ kind: 'coin', outcome: 'ok', tone: 'info', ...fields }));

  it('never breaks a limit and never pings, whatever a card says', () => {
    fc.assert(
      fc.property(card, fc.boolean(), (given, modern) => {
        const message = renderCard(given, { modern });
        expect(blockProblems(message.blocks, RULES)).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(3500);
        const { pings, links } = controls(message);
        expect(pings).toEqual([]);
        for (const link of links) expect(link).toMatch(/^https:\/\/(?!user:)/);
      }),
      { numRuns: 400 },
    );
  });
});
