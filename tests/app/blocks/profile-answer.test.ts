// Whole questions about a profiled coin are answered from its profile, with date and source; all others are left to the FAQ.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileAnswer } from '../../../src/app/blocks/profile-answer.ts';
import type { Block, Card } from '../../../src/app/card.ts';
import type { CommandContext } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import type { Coin } from '../../../src/content/schema.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

function context(locale = 'en'): CommandContext {
  const user = { id: 'u', canManage: false };
  const place = { tenant: '-', channel: '-' };
  const request = { platform: 'terminal', command: 'faq', args: {}, user, place, locale, via: 'text' } as const;
  return { request, services: core.services, now: core.now() };
}

const answer = (text: string) => profileAnswer(text, context());
const coin = (id: string): Coin => core.services.content.coins.get(id) ?? expect.fail(`no profile of ${id}`);
const fieldsOf = (card: Card | null) =>
  card?.blocks.flatMap((block: Block) => (block.kind === 'fields' ? block.fields.map(({ label }) => label) : []));
const headingsOf = (card: Card | null) =>
  card?.blocks.flatMap((block: Block) => (block.kind === 'heading' ? [block.text] : []));

describe('facts', () => {
  it.each([
    ['Who founded NEAR?', 'near', ['founders', 'organisation']],
    ["hey, who's behind near protocol??", 'near', ['founders', 'organisation']],
    ['who are the founders of the graph', 'the-graph', ['founders', 'organisation']],
    ['akash founders', 'akash-network', ['founders', 'organisation']],
    ['when was Render launched', 'render-token', ['founded', 'live-since']],
    ['icp launch date', 'internet-computer', ['founded', 'live-since']],
    ['what is the max supply of $FET?', 'fetch-ai', ['max-supply']],
    ["what's the total supply of worldcoin", 'worldcoin-wld', ['max-supply']],
    ['how many near coins will ever exist', 'near', ['max-supply']],
    ['does akt have a hard cap', 'akash-network', ['max-supply']],
    ['what consensus does ＮＥＡＲ use', 'near', ['consensus', 'chain']],
    ['grt consensus', 'the-graph', ['consensus', 'chain']],
  ])('%s', async (text, id, topic) => {
    const profile = coin(id);
    const wanted = profile.facts.filter((fact) => topic.includes(fact.id));
    const card = await answer(text);
    if (wanted.length === 0) return expect(card).toBeNull();
    expect(card).toMatchObject({ kind: 'faq', outcome: 'ok', title: `${profile.name} (${profile.symbol})` });
    expect(fieldsOf(card)).toEqual(wanted.map(({ label }) => label));
    const words = card === null ? '' : plainText(card);
    for (const { value, sources } of wanted) {
      expect(words).toContain(value);
      for (const tag of sources) expect(words).toContain(profile.sources[tag]?.title);
    }
  });

  it('are dated by the oldest evidence among them, in the reader’s language', async () => {
    const days: Readonly<Record<string, string>> = {
      consensus: '2026-03-05',
      chain: '2026-01-02',
      founders: '2025-07-08',
    };
    const profile = coin('near');
    const dated = { ...profile, facts: profile.facts.map((fact) => ({ ...fact, asOf: days[fact.id] ?? fact.asOf })) };
    const words = async (locale: string) => {
      const { services, ...rest } = context(locale);
      const content = { ...services.content, coins: new Map([[dated.id, dated]]) };
      const card = await profileAnswer('near consensus', { ...rest, services: { ...services, content } });
      return card === null ? '' : plainText(card);
    };
    expect(await words('en')).toContain('as of 2 Jan 2026');
    expect(await words('de')).toContain('as of 2. Jan. 2026');
  });

  it('that a profile does not have are left to the FAQ', async () => {
    const without = [...core.services.content.coins.values()].filter(
      ({ id, facts }) => id !== 'bittensor' && facts.every((fact) => fact.id !== 'max-supply'),
    );
    for (const { symbol } of without) expect(await answer(`max supply of ${symbol}`), symbol).toBeNull();
  });
});

it.each([
  ['how does near work?', 'near', 'How it works'],
  ['what is near', 'near', 'What NEAR is'],
  ["what's render?", 'render-token', 'What RENDER is'],
  ['what is the graph', 'the-graph', 'What GRT is'],
  ['what is fetch.ai', 'fetch-ai', 'What FET is'],
  ['what is virtual protocol', 'virtual-protocol', 'What VIRTUAL is'],
  ['tell me about akash network', 'akash-network', 'What AKT is'],
  ['explain worldcoin', 'worldcoin-wld', 'What WLD is'],
  ['what does icp do', 'internet-computer', 'What ICP is'],
  ['what are the use cases of icp', 'internet-computer', 'Use cases'],
  ['risks of worldcoin', 'worldcoin-wld', 'Tradeoffs and criticism'],
  ['what are the criticisms of the render token', 'render-token', 'Tradeoffs and criticism'],
])('a section: %s', async (text, id, heading) => {
  const card = await answer(text);
  expect(card?.title).toBe(`${coin(id).name} (${coin(id).symbol})`);
  expect(headingsOf(card)).toEqual([heading]);
});

it('offers the coin’s card under an id that no namesake shares', async () => {
  const buttons = (await answer('who founded near'))?.blocks.filter((block) => block.kind === 'buttons');
  expect(buttons).toEqual([
    { kind: 'buttons', buttons: [{ label: 'NEAR card', invocation: { command: 'coin', args: { coin: 'id:near' } } }] },
  ]);
});

it.each([
  ['the FAQ’s own coin', 'who founded bittensor'],
  ['the FAQ’s own coin by ticker', 'tao max supply'],
  ['a coin without a profile', 'who founded solana'],
  ['no coin at all', 'who created the subnet'],
  ['a mistyped coin', 'who founded neer'],
  ['more than the question', 'who founded near and is it a good buy'],
  ['something else about a coin', 'will near go up'],
  ['a word that only looks like a coin', 'what is near the halving'],
  ['what the FAQ’s own coin is', 'what is tao'],
  ['nothing', ''],
  ['endless text', `who founded near ${'really '.repeat(50)}`],
])('%s is left to the FAQ', async (_, text) => expect(await answer(text)).toBeNull());
