// Moving numbers in prose: every text of the content reads well with and without live data, wherever it is shown.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/app/dispatch.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { liveValues, withLiveValues } from '../../../src/app/bittensor/live-values.ts';
import { profileAnswer } from '../../../src/app/blocks/profile-answer.ts';
import type { CommandContext } from '../../../src/app/command.ts';
import { plainText as cardText } from '../../../src/app/plain-text.ts';
import type { Paragraph } from '../../../src/content/prose.ts';
import type { Coin } from '../../../src/content/schema.ts';
import { plainText, shippedContent } from '../../content/shipped.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

const NOWHERE = 'http://127.0.0.1:9';
const START = Date.parse('2026-11-22T10:00:00Z');
let live: TestCore;
let blind: TestCore;
beforeAll(async () => {
  live = await openTestCore({ now: () => START });
  blind = await openTestCore({
    now: () => START,
    settings: { COINGECKO_API_URL: NOWHERE, SUBTENSOR_RPC_URL: NOWHERE },
  });
});
afterAll(async () => {
  await live.close();
  await blind.close();
});

function contextOf(core: TestCore, services = core.services): CommandContext {
  const user = { id: 'u', canManage: false };
  const place = { tenant: '-', channel: '-' };
  const request = { platform: 'terminal', command: 'coin', args: {}, user, place, locale: 'en', via: 'text' } as const;
  return { request, services, now: core.now() };
}

/** Every text of the content that may hold a placeholder. */
const texts: [string, readonly Paragraph[]][] = [
  ...[...shippedContent.faq.values()].map(({ id, answer }): [string, readonly Paragraph[]] => [`faq/${id}`, answer]),
  ...[...shippedContent.coins.values()].flatMap(({ id, sections, questions }) => [
    ...sections.map((part): [string, readonly Paragraph[]] => [`coins/${id}: ${part.title}`, part.paragraphs]),
    ...questions.map((part): [string, readonly Paragraph[]] => [`coins/${id}: ${part.question}`, part.answer]),
  ]),
];

/** A value that is missing leaves a gap: two spaces, or a space or colon before the end of the sentence. */
const GAP = / {2}|\s[.,;)]|:\s*[.,;]|\s\(\s*\)|\{\{|\}\}/u;
const gapsIn = (paragraphs: readonly Paragraph[]) => plainText(paragraphs).match(GAP)?.[0] ?? null;

it.each(texts)('%s has no gap with live data, nor without', async (_, paragraphs) => {
  for (const core of [live, blind]) {
    const filled = await withLiveValues(paragraphs, contextOf(core));
    expect(filled.flat().filter((span) => typeof span !== 'string' && span.kind === 'placeholder')).toEqual([]);
    expect(gapsIn(filled)).toBeNull();
    expect(plainText(filled).length).toBeGreaterThan(20);
  }
});

it('a gap is seen', () => {
  const planted: Paragraph = ['On the chain now: ', { kind: 'placeholder', name: 'issuance' }, '.'];
  expect(gapsIn([planted])).not.toBeNull();
});

describe('a placeholder in the profile of a coin', () => {
  const sentence: Paragraph = ['It is so. On the chain now: ', { kind: 'placeholder', name: 'blockHeight' }, '.'];
  const near = shippedContent.coins.get('near') as Coin;
  const marked: Coin = { ...near, sections: near.sections.map((part) => ({ ...part, paragraphs: [sentence] })) };

  /** What people see of the marked profile. */
  async function shown(core: TestCore, section: string): Promise<string> {
    const coins = new Map([[marked.id, marked]]);
    const services = { ...core.services, content: { ...core.services.content, coins } };
    const dispatch = createDispatch({
      commands: COMMANDS,
      services,
      log: core.log,
      now: core.now,
      monotonic: core.now,
    });
    const { request } = contextOf(core);
    const card = await dispatch({ ...request, args: { coin: 'id:near', section } });
    const answer = await profileAnswer('how does near work', contextOf(core, services));
    return `${cardText(card)} | ${answer === null ? '' : cardText(answer)}`;
  }

  it.each(['what', 'how-it-works', 'use-cases', 'tradeoffs'])('is filled in the section %s', async (section) => {
    const value = (await liveValues(contextOf(live))).get('blockHeight');
    expect((await shown(live, section)).split(`On the chain now: ${value?.split(' ')[0] ?? 'a value'}`)).toHaveLength(
      3,
    );
  });

  it('takes its sentence with it when the value is unknown', async () => {
    const text = await shown(blind, 'how-it-works');
    expect(text).toContain('It is so.');
    expect(text).not.toContain('On the chain now');
  });
});
