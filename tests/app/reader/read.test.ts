// The one reader of text in a world of 18,000 coins: what is understood of each line, and what is named as not understood.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readAmount } from '../../../src/app/reader/numbers.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { currencyWord } from '../../../src/app/reader/words.ts';
import { CURRENCIES } from '../../../src/market/currencies.ts';
import { worldVocabulary } from '../../fakes/vocabulary.ts';
import { TABLE } from './table.ts';

const vocabulary = worldVocabulary();
const read = (text: string, locale = 'en') => readText(text, COMMANDS, vocabulary, locale);

describe('text to command', () => {
  it.each(TABLE.map(([text, command, args, remark]) => ({ text, command, args, remark })))('$text', (row) => {
    const { text, command, args, remark } = row;
    const { remarks = [], ...invocation } = read(text);
    expect(invocation).toEqual({ command, args });
    if (remark === undefined) expect(remarks).toEqual([]);
    else expect(remarks.join(' ')).toMatch(remark);
  });
});

describe('every currency beats the tokens that bear its code', () => {
  const fiat = CURRENCIES.filter((code) => currencyWord(code, new Set(CURRENCIES))?.coin === false);
  it.each(fiat)('%s', (code) => {
    expect(vocabulary.coin(code)).not.toBeNull(); // there is such a token in the world
    expect(read(`/price tao ${code}`)).toEqual({ command: 'price', args: { coins: 'tao', currency: code } });
    expect(read(`/coin near ${code}`)).toEqual({ command: 'coin', args: { coin: 'near', currency: code } });
    expect(read(`/convert 5 tao ${code}`)).toEqual({
      command: 'convert',
      args: { amount: '5', from: 'tao', to: code },
    });
    expect(read(`/convert 5 ${code} to tao`)).toEqual({
      command: 'convert',
      args: { amount: '5', from: code, to: 'tao' },
    });
    expect(read(`tao ${code}`)).toEqual({ command: 'price', args: { coins: 'tao', currency: code } });
  });
});

describe("numbers in the reader's locale", () => {
  it.each([
    ['de', '1.500', 1500, true],
    ['de', '1,500', 1.5, true],
    ['de', '1.500,50', 1500.5, false],
    ['de', '2,5', 2.5, false],
    ['de', '0.125', 0.125, false],
    ['en', '1,500', 1500, true],
    ['en', '1.500', 1.5, true],
    ['en', '1,500.50', 1500.5, false],
    ['fr', '1 500,5', 1500.5, false],
    ['fr', '1 500', 1500, false],
    ['de-CH', "1'500.50", 1500.5, false],
    ['de-CH', '1’500', 1500, false],
    ['en-IN', '1,00,000', 100_000, false],
    ['en-IN', '2 lakh', 200_000, false],
    ['en-IN', '1.5 crore', 15_000_000, false],
    ['en', '1k', 1000, false],
    ['en', '2mio', 2_000_000, false],
    ['en', '400k', 400_000, false],
    ['en', '2bn', 2e9, false],
    ['en', '1_000', 1000, false],
    ['en', '１２３', 123, false],
    ['en', '1/2', 0.5, false],
    ['en', '1e-6', 1e-6, false],
    ['en', '.5', 0.5, false],
    ['en', '1.000.000', 1_000_000, false],
  ] as const)('%s: %s → %d', (locale, text, value, doubtful) => {
    expect(readAmount(text, locale)).toEqual({ value, unit: null, doubtful });
  });

  it.each([
    ['$400', '$', 400],
    ['100$', '$', 100],
    ['€50', '€', 50],
    ['10usd', 'usd', 10],
    ['0.1btc', 'btc', 0.1],
    ['400k$', '$', 400_000],
    ['1/2 btc', 'btc', 0.5],
    ['τ5', 'τ', 5],
  ] as const)('%s has the unit %s', (text, unit, value) => {
    expect(readAmount(text)).toMatchObject({ unit, value });
  });

  it.each(['NaN', 'Infinity', '1e309', '0x10', '٣', '', '1,00,0', '1.2.3', '--1', '5%%', '$5€', '1/0', 'abc'])(
    '%j is no number',
    (text) => {
      expect(readAmount(text)).toBeNull();
    },
  );

  it('reads back what it writes, in every locale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.constantFrom('en', 'de', 'fr', 'de-CH', 'en-IN'),
        (number, locale) => {
          const value = Math.round(number * 100) / 100;
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
            value,
          );
          expect(readAmount(written, locale)?.value).toBeCloseTo(value, 6);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

const WORDS = fc.constantFrom(
  ...'tao btc near eur usd cad 5 $400 2.5k to in convert price chart compare 30d 1w max bitcoin cash banana dollars qqqqzz please the'.split(
    ' ',
  ),
);
const NAMES = ['coin', 'price', 'chart', 'compare', 'convert', 'digest create'];

describe('nothing that is typed disappears', () => {
  it('every word of a command is used, is a filler, or is named in the answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.array(WORDS, { minLength: 1, maxLength: 7 }), (name, words) => {
        const { args, remarks = [] } = read(`/${name} ${words.join(' ')}`);
        const said = `${Object.values(args).join(' ')} ${remarks.join(' ')}`.toLowerCase();
        for (const word of words.filter((one) => /^(?:banana|qqqqzz)$/.test(one)))
          expect(said, words.join(' ')).toContain(word);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('a new token called like any word of the line changes neither currency nor direction nor coin', () => {
    const lines = [
      '/price tao cad',
      '/convert $400 to tao',
      '/convert 5 tao dollars',
      '/convert to tao 100 eur',
      '/price btc eth brl',
      '/convert 5000 sats to usd',
      'how much is 10 tao in dollars',
      'hi',
      'thanks',
      'what is a subnet',
      '/digest create 9 am London tao',
      '/chart tao 1w',
    ];
    for (const line of lines) {
      const added = line
        .replace(/^\//, '')
        .split(/\s+/)
        .filter((word) => word !== 'tao')
        .map((word, index) => ({ id: `new-token-${index}`, symbol: word, name: `New Token ${index}`, rank: null }));
      const { remarks: _before, ...before } = read(line);
      const { remarks: _after, ...after } = readText(line, COMMANDS, worldVocabulary(added));
      expect(after, line).toEqual(before);
    }
  }, 120_000);

  it('never throws and never yields an unknown argument, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom(
            '/coin __proto__',
            '/convert constructor',
            `/price ${'a'.repeat(50_000)}`,
            `/price ${'tao '.repeat(1000)}`,
          ),
        ),
        (text) => {
          const invocation = read(text);
          const command = COMMANDS.find(({ name }) => name === invocation.command);
          for (const name of Object.keys(invocation.args))
            expect(command === undefined || Object.hasOwn(command.args, name)).toBe(true);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
