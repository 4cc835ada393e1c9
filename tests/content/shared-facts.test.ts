// Shared facts: put into every text at load, unknown and unused ones reported, contradicting texts found; also over the shipped texts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { SharedFact } from '../../src/content/schema.ts';
import { findContradictions, idlePhrases } from '../../src/content/shared-facts.ts';
import { COIN, faqFile, problemsIn } from './files.ts';
import { shippedContent, textsOf } from './shipped.ts';

const FACTS = `
- id: cap
  value: 21,000,000 ALP
  forms: [21 million]
  also: ['\\bcap of <value>']
  asOf: 2026-01-31
  source: { title: Source, url: "https://example.org/cap" }
- id: start
  value: 3 January 2021
  asOf: 2026-01-31
  source: { title: Source, url: "https://example.org/start" }
`;

let folder = '';
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'facts-'));
  for (const room of ['coins', 'faq']) mkdirSync(path.join(folder, room));
  write('facts.yaml', FACTS);
  write('coins/alpha-coin.md', COIN.replace('value: "2020"', 'value: "since {{fact:start}}"'));
  write('faq/one.md', faqFile('one', 'two', 'It has a cap of {{fact:cap}}, **since {{fact:start}}**.'));
  write('faq/two.md', faqFile('two', 'one'));
  write('faq/three.md', faqFile('three', 'one').replace(', three]', ', two]'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const problemsOf = (): readonly string[] => problemsIn(folder);

describe('at load', () => {
  it('one fact stands in every text that refers to it, as literal text', () => {
    const { coins, faq, facts } = loadContent(folder);
    expect(faq.get('one')?.answer).toEqual([
      ['It has a cap of 21,000,000 ALP, ', { kind: 'bold', text: 'since 3 January 2021' }, '.'],
    ]);
    expect(coins.get('alpha-coin')?.facts[0]?.value).toBe('since 3 January 2021');
    expect([...facts.keys()]).toEqual(['cap', 'start']);
  });

  it('a changed fact changes everywhere', () => {
    write('facts.yaml', FACTS.replace('3 January 2021', '4 January 2021'));
    expect(JSON.stringify([...loadContent(folder).faq.values(), ...loadContent(folder).coins.values()])).not.toContain(
      '3 January 2021',
    );
  });

  it('unknown ids name file and field, unused facts their id, each with a remedy', () => {
    write('coins/alpha-coin.md', COIN.replace('value: "2020"', 'value: "{{fact:begin}}"'));
    write('faq/one.md', faqFile('one', 'two', 'It has {{fact:cup}} since {{fact:start}}.'));
    expect(problemsOf()).toEqual([
      'coins/alpha-coin.md › facts[0].value: there is no fact "begin" — correct the id or add the fact to facts.yaml',
      'faq/one.md › body: there is no fact "cup" — correct the id or add the fact to facts.yaml',
      'facts.yaml › cap: is never used — write {{fact:cap}} in a text or remove it',
    ]);
  });

  it('the words of a fact count for the length of an answer', () => {
    write('faq/one.md', faqFile('one', 'two', `${'word '.repeat(76)} {{fact:cap}}, {{fact:start}}.`));
    expect(problemsOf()).toEqual(['faq/one.md › body: has 81 words — cut it to 80']);
  });

  it.each([
    ['no list', 'id: cap', /^facts\.yaml: is not a list — /],
    [
      'markup',
      FACTS.replace('3 January 2021', '"**3** January 2021"'),
      /^facts\.yaml › \[1\]\.value: .+ — write plain text/,
    ],
    ['no slot', FACTS.replace('<value>', '21'), /^facts\.yaml › \[0\]\.also\[0\]: .+ — write a regular expression/],
    ['a broken phrase', FACTS.replace('cap of', '(cap'), /^facts\.yaml › \[0\]\.also\[0\]: .+ — write a regular/],
    ['a fact twice', FACTS.replace('id: start', 'id: cap'), /^facts\.yaml › cap: is there twice — merge/],
    ['no source', FACTS.replace(/\n {2}source: .+\n$/u, '\n'), /^facts\.yaml › \[1\]\.source: is missing — add it/],
  ])('%s is a problem of the file', (_, text, wanted) => {
    write('facts.yaml', text);
    expect(problemsOf().filter((problem) => wanted.test(problem))).toHaveLength(1);
  });
});

describe('contradictions', () => {
  const fact = (value: string, also: string[], forms: string[] = []): SharedFact => ({
    id: 'x',
    value,
    forms,
    also,
    asOf: '2026-01-31',
    source: { title: 'Source', url: 'https://example.org/x' },
  });
  const says = (one: SharedFact, text: string) => findContradictions([one], [{ at: 'a', text }]).map((it) => it.says);

  it('other numbers, words and dates in a watched phrase are found; the same value in any form is not', () => {
    const cap = fact('21,000,000 TAO', ['cap of <value>'], []);
    expect(says(cap, 'A cap of 21 million, a cap of 21M and a Cap of 21,000,000 TAO.')).toEqual([]);
    expect(says(cap, 'A cap of 22 million. A cap of 210,000,000.')).toEqual([
      'cap of 22 million',
      'cap of 210,000,000',
    ]);
    const time = fact('864,000 blocks, about four months', ['protection of <value> (?:months|blocks)'], ['4 months']);
    expect(says(time, 'a protection of four months, a protection of 864,000 blocks')).toEqual([]);
    expect(says(time, 'a protection of six months')).toEqual(['protection of six months']);
    const day = fact('3 January 2021', ['started on <value>']);
    expect(says(day, 'It started on 3 January 2021. It started on 3 March 2021.')).toEqual(['started on 3 March 2021']);
    expect(says(fact('0.5 TAO', ['mints <value> (?:a )?TAO']), 'It mints half a TAO. It mints 1 TAO.')).toEqual([
      'mints 1 TAO',
    ]);
  });

  it('a phrase that occurs nowhere is idle', () => {
    expect(idlePhrases(fact('1 TAO', ['cap of <value>', 'limit of <value>']), ['A cap of 1 TAO.'])).toEqual([
      'limit of <value>',
    ]);
  });
});

describe('the shipped texts', () => {
  const { facts } = shippedContent;
  const texts = textsOf('bittensor');

  it('no text gives another value beside a shared fact', () => {
    expect(findContradictions(facts.values(), texts)).toEqual([]);
  });

  it('every watched phrase occurs, so that each would notice a wrong value', () => {
    const all = texts.map(({ text }) => text);
    expect([...facts.values()].flatMap((fact) => idlePhrases(fact, all).map((phrase) => [fact.id, phrase]))).toEqual(
      [],
    );
    for (const fact of facts.values()) {
      const wrong = { ...fact, value: '77', forms: [] };
      expect([fact.id, findContradictions([wrong], texts).length > 0]).toEqual([fact.id, fact.also.length > 0]);
    }
  });

  it('the cap in figures is the cap in words', () => {
    const cap = facts.get('max-supply')?.value.replaceAll(/\D/gu, '');
    expect(Number(cap)).toBe(shippedContent.coins.get('bittensor')?.maxSupply);
  });
});
