// What reading a line costs, in questions to the index of coins: each name is looked up once, however many readers of the line ask for it.
import { expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { createCoinIndex } from '../../../src/content/coin-search/coin-index.ts';
import { builtinCoins } from '../../../src/market/directory/builtin-coins.ts';
import { vocabularyOver } from '../../fakes/vocabulary.ts';

const index = createCoinIndex(builtinCoins());
const asked: string[] = [];
const vocabulary = vocabularyOver({
  ...index,
  named(query) {
    asked.push(query);
    return index.named(query);
  },
});

it.each([
  '/convert 5 tao + 3 tao to bitcoin cash',
  '/price tao btc-usd usd coin banana in eur',
  '/digest create 9am berlin tao banana split weekdays',
  'alert me when bitcoin cash is above 300 eur',
  'what is the banana of bitcoin cash worth in usd',
])('%s', (line) => {
  asked.length = 0;
  readText(line, COMMANDS, vocabulary);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name, at) => asked.indexOf(name) !== at)).toEqual([]);
});

it('what is remembered ends with the line: a coin that is new since then is found', () => {
  const later = { ...index, named: index.named };
  const growing = vocabularyOver(later);
  expect(readText('/coin newcomer', COMMANDS, growing).args).toEqual({ coin: 'newcomer' });
  later.named = (query) => index.named(query === 'newcomer' ? 'bittensor' : query);
  const isKnown = readText('show me the price of newcomer', COMMANDS, growing);
  expect(isKnown).toMatchObject({ command: 'price', args: { coins: 'newcomer' } });
});
