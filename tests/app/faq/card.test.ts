// `/faq` cards of messages as people send them: follow-ups by person and channel, two questions, other languages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import type { Request } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
let clock = Date.parse('2026-11-22T10:00:00Z');
beforeAll(async () => {
  core = await openTestCore({ now: () => clock });
});
afterAll(() => core.close());

type Place = { user?: string; channel?: string; platform?: Request['platform'] };

function ask(args: Record<string, string>, { user = 'ann', channel = 'general', platform = 'slack' }: Place = {}) {
  clock += 60_000; // no cool-down
  const place = { tenant: 't', channel };
  const who = { id: user, canManage: false };
  return core.dispatch({ platform, command: 'faq', args, user: who, place, locale: 'en', via: 'text' });
}

const question = (id: string) => core.services.content.faq.get(id)?.question;
const labelsOf = (card: Card) =>
  card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : []));

describe('a question without a topic', () => {
  const FOLLOW_UP = { question: 'and is it safe?' };

  it('goes on from what the same person was answered in the same channel', async () => {
    await ask({ question: 'how do i stake tao' });
    expect((await ask(FOLLOW_UP)).title).toBe(question('staking-safety'));
  });

  it('goes on from a question that was picked by its button', async () => {
    await ask({ id: 'how-to-stake' }, { user: 'bob' });
    expect((await ask(FOLLOW_UP, { user: 'bob' })).title).toBe(question('staking-safety'));
  });

  it.each<[string, Place]>([
    ['another person', { user: 'eve' }],
    ['another channel', { channel: 'random' }],
    ['another platform', { platform: 'discord' }],
  ])('says "not sure" to %s', async (_, place) => {
    await ask({ question: 'how do i stake tao' });
    expect((await ask(FOLLOW_UP, place)).outcome).toBe('unsure');
  });

  it('says "not sure" on the web, where all visitors are one person', async () => {
    await ask({ question: 'how do i stake tao' }, { platform: 'web' });
    expect((await ask(FOLLOW_UP, { platform: 'web' })).outcome).toBe('unsure');
  });
});

it('what can be asked instead is said once: as buttons, and as a numbered list where there are none', async () => {
  const card = await ask({ question: 'how do subnets cook soup' });
  expect(card.outcome).toBe('unsure');
  const labels = labelsOf(card);
  expect(labels.length).toBeGreaterThan(0);
  expect(card.blocks.map(({ kind }) => kind)).not.toContain('list');
  expect(plainText(card).split('\n').slice(-labels.length)).toEqual(
    labels.map((label, index) => `${index + 1}. ${label}`),
  );
});

it('the second of two questions is offered', async () => {
  const card = await ask({ question: 'When is the next halving? And what is the maximum supply of TAO?' });
  expect(card.title).toBe(question('halving'));
  expect(plainText(card)).toContain(`You also asked: ${question('max-supply')}`);
  expect(labelsOf(card)).toContain(question('max-supply'));
});

describe('a message in another language', () => {
  it.each([
    ['Wie kann ich TAO auf Kraken kaufen?', 'Antworten gibt es hier bisher nur auf Englisch.'],
    ['Как застейкать TAO?', 'Пока ответы есть только на английском языке.'],
    ['今天天气怎么样', '目前只有英文回答。'],
  ])('%s is told in it that answers are English', async (text, note) => {
    expect(plainText(await ask({ question: text }))).toContain(note);
  });

  it('never gets suggestions that have nothing to do with it', async () => {
    const card = await ask({ question: '今天天气怎么样' });
    expect(card.outcome).toBe('unsure');
    expect(labelsOf(card)).toEqual(['What can you do?', 'Ask a person']);
  });

  it('English is told nothing of the kind', async () => {
    expect(plainText(await ask({ question: 'what is a subnet' }))).not.toMatch(/Englisch|English/u);
  });
});
