// How people type: words to requests, and everything that is not clearly a command to the FAQ.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount, parseArgs, splitList } from '../../../src/app/input/arguments.ts';
import { decodeInvocation, encodeInvocation, LONGEST_CONTROL_ID } from '../../../src/app/control-id.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/input/parse-text.ts';

const COINS = new Set(['tao', 'bittensor', 'near', 'render', 'render token', 'btc', 'eth', 'fet', 'id:near']);
const CURRENCIES = new Set(['usd', 'eur', 'btc', 'eth', 'jpy']);
const vocabulary = {
  isZone: (word: string) => word === 'berlin',
  isCurrency: (word: string) => CURRENCIES.has(word),
  isCoin: (text: string) => COINS.has(text.toLowerCase()),
};
const read = (text: string) => readText(text, COMMANDS, vocabulary);

describe('text to request', () => {
  it.each([
    ['/coin tao', 'coin', { coin: 'tao' }],
    ['/coin tao eur', 'coin', { coin: 'tao', currency: 'eur' }],
    ['coin render token', 'coin', { coin: 'render token' }],
    ['/price tao, near fet eur', 'price', { coins: 'tao, near fet', currency: 'eur' }],
    ['/price tao btc', 'price', { coins: 'tao btc' }],
    ['/price tao in btc', 'price', { coins: 'tao', currency: 'btc' }],
    ['price of tao', 'price', { coins: 'tao' }],
    ['/chart tao 30d', 'chart', { coin: 'tao', range: '30d' }],
    ['/chart tao range:1y currency=eur', 'chart', { coin: 'tao', range: '1y', currency: 'eur' }],
    ['compare tao vs near 90d', 'compare', { coins: 'tao near', range: '90d' }],
    ['/convert 2.5 tao to eur', 'convert', { amount: '2.5', from: 'tao', to: 'eur' }],
    ['convert 400k usd in tao', 'convert', { amount: '400k', from: 'usd', to: 'tao' }],
    ['/faq when is the next halving?', 'faq', { question: 'when is the next halving?' }],
    ['when is the next halving?', 'faq', { question: 'when is the next halving?' }],
    ['tao?', 'coin', { coin: 'tao' }],
    ['$TAO', 'coin', { coin: 'TAO' }],
    ['price will explode soon right', 'faq', { question: 'price will explode soon right' }],
    ['help me unstake', 'faq', { question: 'help me unstake' }],
    ['help', 'help', {}],
    ['/digest', 'digest list', {}],
    ['/digest create 9am berlin near', 'digest create', { time: '9am', timezone: 'berlin', coins: 'near' }],
    ['/digest create 9am Europe/Berlin tao', 'digest create', { time: '9am', timezone: 'Europe/Berlin', coins: 'tao' }],
    ['/nonsense here', 'nonsense', {}],
  ])('%s', (text, command, args) => {
    expect(read(text)).toEqual({ command, args });
  });

  it('never throws and never yields an unknown argument, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom('/coin __proto__', '/convert constructor', '/price ' + 'a'.repeat(50_000)),
        ),
        (text) => {
          const invocation = read(text);
          const command = COMMANDS.find(({ name }) => name === invocation.command);
          for (const name of Object.keys(invocation.args))
            expect(command === undefined || Object.hasOwn(command.args, name)).toBe(true);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('amounts', () => {
  it.each([
    ['2.5', 2.5],
    ['1,000.50', 1000.5],
    ['1.000,50', 1000.5],
    ['1,000', 1000],
    ['0,5', 0.5],
    ['1_000', 1000],
    ['1 000', 1000],
    ['１２３', 123],
    ['$400', 400],
    ['400k', 400_000],
    ['2bn', 2e9],
    ['1e-6', 1e-6],
    ['1.000.000', 1_000_000],
    ['.5', 0.5],
    ['NaN', null],
    ['Infinity', null],
    ['1e309', null],
    ['0x10', null],
    ['٣', null],
    ['', null],
    ['1,00,0', null],
    ['1.2.3', null],
    ['--1', null],
    ['5%%', null],
  ])('%s → %s', (text, value) => {
    expect(parseAmount(text)).toBe(value);
  });

  it('reads back what a plain number prints', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (value) => {
        expect(parseAmount(String(value))).toBeCloseTo(value, 6);
      }),
      { seed: 3 },
    );
  });
});

describe('arguments and controls', () => {
  it('names what is missing and shows an example', () => {
    const coin = COMMANDS.find(({ name }) => name === 'coin');
    expect(() => parseArgs(coin!, {})).toThrow(/needs a coin: .*\/coin tao/);
  });

  it('splits lists as people write them', () => {
    expect(splitList('tao, near; fet and render')).toEqual(['tao', 'near', 'fet', 'render']);
  });

  it('round-trips every control and refuses what does not fit', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ minLength: 1, maxLength: 12 }), { maxKeys: 2 }),
        (args) => {
          const invocation = { command: 'coin', args };
          let code: string;
          try {
            code = encodeInvocation(invocation);
          } catch {
            return;
          }
          expect(code.length).toBeLessThanOrEqual(LONGEST_CONTROL_ID);
          expect({ ...decodeInvocation(code), args: { ...decodeInvocation(code)?.args } }).toEqual(invocation);
        },
      ),
      { seed: 5 },
    );
    expect(() => encodeInvocation({ command: 'coin', args: { coin: 'x'.repeat(120) } })).toThrow(/does not fit/);
    expect(decodeInvocation('<script>')).toBeNull();
  });
});
