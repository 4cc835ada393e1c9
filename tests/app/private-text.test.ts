// What is too private to be counted as a question, and that ordinary questions are not.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { looksPrivate } from '../../src/app/private-text.ts';

const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

it.each([
  PHRASE,
  `what do I do with my words ${PHRASE} please`,
  PHRASE.split(' ')
    .map((word, at) => `${at + 1}. ${word}`)
    .join('\n'),
  PHRASE.toUpperCase().replaceAll(' ', ', '),
  `${PHRASE} ${PHRASE}`,
  'あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あおぞら',
  'is 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY mine?',
  '0x52908400098527886E0F7030069857D2E4169EE7',
  'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262',
  '12345678901234567890123456789012',
  'my key sk_live_4eC39HqLyjWDarjtT1zdp7dc does not work',
  'why does tao.holder+x@mail.example.org get no mail',
  'call me at +44 20 7946 0958',
  'call (212) 555-0187 ext 2',
  'card 4242 4242 4242 4242',
  'send it to 221b Baker Street London',
  'ich wohne in der Hauptstraße 12',
  'my password is hunter2',
  'node at 203.0.113.7 does not sync',
])('is private: %s', (text) => {
  expect(looksPrivate(text)).toBe(true);
});

it.each([
  'what is the price of tao in 2026',
  'how many tao do 1000 subnets emit per day',
  'does <@123456789012345678> know how to stake 12.5 tao in <#123456789012345678>',
  'is my seed phrase safe on an exchange',
  'what happens when I lose my coldkey and still have the hotkey of my miner on subnet 64',
  'why was the halving in december 2025 and not in january',
  'internationalization of wallets',
])('is an ordinary question: %s', (text) => {
  expect(looksPrivate(text)).toBe(false);
});

it('lets nearly every real question through', () => {
  const file = new URL('../../training/questions/dev.jsonl', import.meta.url);
  const questions = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { query: string }).query);
  expect(questions.length).toBeGreaterThan(200);
  expect(questions.filter(looksPrivate).length).toBeLessThan(questions.length / 50);
});

it('is done in no time with hostile text', () => {
  for (const text of [
    '1 '.repeat(100_000),
    'a'.repeat(100_000),
    'a-'.repeat(100_000),
    '1 a a a '.repeat(50_000),
    'weg a '.repeat(50_000),
  ])
    expect(typeof looksPrivate(text)).toBe('boolean');
});
