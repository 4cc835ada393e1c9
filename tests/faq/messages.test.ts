// Messages as people send them: long ones, two questions in one, pasted code, follow-ups, other languages, nothing near.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { loadContent } from '../../src/content/load.ts';
import { createRecentAnswers } from '../../src/faq/recent-answers.ts';
import { createFaqSearch } from '../../src/faq/search.ts';
import { askingSentences, pastedCode } from '../../src/faq/sentences.ts';

const entries = loadContent(path.join(import.meta.dirname, '../../src/content')).faq;
const search = createFaqSearch(entries.values());
const entry = (id: string) => entries.get(id) ?? expect.fail(`no entry ${id}`);
const idsOf = (text: string) => search.ask(text).suggestions.map(({ id }) => id);

describe('the sentence that asks is scored on its own', () => {
  const STORY =
    'Good evening everybody. My neighbour talked about this for two hours at the barbecue while the kids were playing in the garden. ' +
    'He is retired and reads a lot about computers and gardening and old trains. ';

  it('a question in a long story is answered', () => {
    expect(search.ask(`${STORY}What is a subnet? He could not say.`).answer?.id).toBe('what-is-subnet');
  });

  it('two questions: the first is answered, the second is offered', () => {
    const { answer, also } = search.ask('When is the next halving? And what is the maximum supply of TAO?');
    expect([answer?.id, also?.id]).toEqual(['halving', 'max-supply']);
  });

  it('one question, however often it is asked, offers nothing more', () => {
    expect(search.ask('What is a subnet? I mean, what is a subnet?').also).toBeNull();
    expect(search.ask('What is a subnet?').also).toBeNull();
  });

  it('a story without a question of ours is not answered', () => {
    expect(search.ask(`${STORY}How do I make him talk about trains again?`).answer).toBeNull();
  });

  it('only sentences of a message of several, and only those that ask, six at most', () => {
    expect(askingSentences('how do i stake tao')).toEqual([]);
    expect(askingSentences('It rains. Hey, how are you? Fine.\nwhere do i go')).toEqual([
      'Hey, how are you?',
      'where do i go',
    ]);
    expect(askingSentences('Why? '.repeat(500)).length).toBe(6);
  });
});

describe('pasted code', () => {
  it('is read when the rest has no topic', () => {
    const text = 'what does this mean?\n```\nError 1014: Priority is too low\n```';
    expect(search.ask(text).answer?.id).toBe('btcli-errors');
  });

  it('is left out when the rest has one', () => {
    const text = 'when is the next halving? ```error 1014 priority is too low```';
    expect(search.ask(text).answer?.id).toBe('halving');
  });

  it('of something else is not answered', () => {
    expect(search.ask('why? ```Segmentation fault (core dumped)```').answer).toBeNull();
    expect(pastedCode('a ```ts\nx``` b ```y')).toBe('x y');
  });
});

describe('a message without a topic of its own', () => {
  const FOLLOW_UPS = [
    'is it safe?',
    'and how long does it take?',
    'why',
    'what does it cost',
    'how does that work',
    'can I lose it',
  ];

  it.each(FOLLOW_UPS)('"%s" is never answered, and nothing is suggested, without an answer before it', (text) => {
    expect(search.ask(text)).toMatchObject({ answer: null, confidence: 0, suggestions: [] });
  });

  it('goes on from the answer before it', () => {
    expect(search.ask('and is it safe?', entry('how-to-stake')).answer?.id).toBe('staking-safety');
    expect(search.ask('how long does it take', entry('how-to-stake')).answer?.id).toBe('unstake-lockup');
  });

  it('is not answered with the same entry again, and that is not suggested either', () => {
    for (const before of entries.values())
      for (const text of FOLLOW_UPS) {
        const { answer, suggestions } = search.ask(text, before);
        expect([answer, ...suggestions]).not.toContain(before);
      }
  });

  it('a message with a topic does not look at the answer before it', () => {
    expect(search.ask('when is the next halving', entry('wallets'))).toEqual(search.ask('when is the next halving'));
  });
});

describe('the last answer of a person in a channel', () => {
  it('is forgotten after ten minutes on a clock that never steps back', () => {
    let time = 5;
    const recent = createRecentAnswers(() => time);
    recent.remember('a', 'halving');
    time += 10 * MINUTE - 1;
    expect(recent.last('a')).toBe('halving');
    time += 2;
    expect(recent.last('a')).toBeUndefined();
  });

  it('is kept for 5,000 people, the longest silent go first', () => {
    const recent = createRecentAnswers(() => 5);
    for (let person = 0; person <= 5_000; person++) recent.remember(`${person}`, 'halving');
    expect(recent.last('0')).toBeUndefined();
    expect(recent.last('1')).toBe('halving');
  });
});

describe('other languages', () => {
  it.each([
    ['¿Cómo hago staking de TAO?', 'es', 'how-to-stake'],
    ['Wie kann ich TAO auf Kraken kaufen?', 'de', 'buy-tao'],
    ['Was ist ein Subnet und wie geht das?', 'de', 'what-is-subnet'],
    ['Как работает dynamic TAO (dTAO)?', 'ru', 'dtao'],
  ])('%s: the right entry is found by the words that survive', (text, language, id) => {
    const found = search.ask(text);
    expect(found.language).toBe(language);
    expect(idsOf(text)[0]).toBe(id);
  });

  it.each([
    'wie wird das wetter morgen in berlin und muss ich einen schirm mitnehmen',
    '今天天气怎么样',
    'как дела, что нового',
    'wie kann man solana mit ledger staken',
    'qual o melhor celular até 2000 reais',
  ])('%s: no answer, and nothing absurd', (text) => {
    expect(search.ask(text)).toMatchObject({ answer: null, suggestions: [] });
  });

  it('English has none', () => expect(search.ask('what is a subnet').language).toBeNull());
});

describe('suggestions have a floor', () => {
  it.each([
    'my tomato plants need stakes, how tall?',
    'sdfkjh wqeiru zxcvmn',
    'recipe for pancakes',
    'who won the match yesterday',
  ])('"%s" gets none', (text) => expect(idsOf(text)).toEqual([]));
  it('what is near is still offered', () => expect(idsOf('tell me about mining and subnets')).not.toEqual([]));
});
