// Messages with a recovery phrase in them: what helps comes first, and no question is taken for one.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { dangerIn, withFirstAid } from '../../../src/app/blocks/danger.ts';
import { plainText } from '../../../src/app/plain-text.ts';

/** The first test vectors of BIP-39 (https://github.com/trezor/python-mnemonic/blob/master/vectors.json). */
const PHRASES = [
  'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
  'legal winner thank year wave sausage worth useful legal winner thank yellow',
  'letter advice cage absurd amount doctor acoustic avoid letter advice cage above',
];
const CARD: Card = { kind: 'faq', outcome: 'ok', tone: 'info', title: 'Leaked', blocks: [] };
const PHRASINGS = path.join(import.meta.dirname, '../../../training/phrasings');

it.each(PHRASES)('%s', (phrase) => {
  for (const text of [phrase, `my seed phrase is: ${phrase}`, phrase.toUpperCase(), phrase.replaceAll(' ', ', ')]) {
    expect(dangerIn(text), text).toBe('leaked-key');
    expect(plainText(withFirstAid(CARD, text)), text).toContain('Delete your message now');
    expect(plainText(withFirstAid(CARD, text)), text).not.toContain(phrase.split(' ')[3]);
  }
});

it('a question about a scam has its own answer, and its card says nothing more', () => {
  expect(dangerIn('should I give my private key to an admin')).toBe('scam-safety');
  expect(withFirstAid(CARD, 'should I give my private key to an admin')).toBe(CARD);
});

it('whoever asks where to enter the seed in order to stake or claim is told never to type it into a website', () => {
  expect(dangerIn('where do I enter my seed to stake')).toBe('scam-safety');
  expect(dangerIn('do i need to type my 12 words on taostats to see my rewards')).toBe('scam-safety');
});

it('no phrasing of any question that was collected looks like one', () => {
  const files = readdirSync(PHRASINGS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.txt'));
  const lines = files.flatMap((file) => readFileSync(path.join(PHRASINGS, file), 'utf8').split('\n'));
  expect(lines.length).toBeGreaterThan(5000);
  expect(lines.filter((line) => dangerIn(line) === 'leaked-key')).toEqual([]);
});
