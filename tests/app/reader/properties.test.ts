// What must hold for any words, through the real core with 18,000 coins: nothing that is typed disappears, and new coins change no meaning.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { type ReadText, readText } from '../../../src/app/reader/read.ts';
import { readable, tokenise } from '../../../src/app/reader/tokens.ts';
import { type Vocabulary, vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { coinWorld, type WorldCoin } from '../../../src/sample/coin-world/coin-world.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { tableRows } from './table.ts';

const rows = tableRows();
/** A token named after each word of each line of the table. */
const NEW_TOKENS: WorldCoin[] = [
  ...new Set(rows.flatMap(({ text }) => tokenise(readable(text)).map(({ word }) => word))),
].map((word, at) => ({
  id: `new-token-${at}`,
  symbol: word,
  name: word,
  rank: null,
  price: 1,
  supply: 1,
  change24h: 0,
}));

let core: TestCore | null = null;
let crowded: TestCore | null = null;
let few: Vocabulary | null = null;
let many: Vocabulary | null = null;

async function open(world: readonly WorldCoin[]): Promise<TestCore> {
  const opened = await openTestCore({ world });
  await vi.waitUntil(() => opened.services.content.index().whole, { timeout: 30_000 });
  return opened;
}
beforeAll(async () => {
  core = await open(coinWorld());
  crowded = await open([...coinWorld(), ...NEW_TOKENS]);
  few = vocabularyOf(core.services);
  many = vocabularyOf(crowded.services);
}, 120_000);
afterAll(async () => {
  await core?.close();
  await crowded?.close();
});

const read = (text: string, vocabulary: Vocabulary | null, locale = 'en'): ReadText => {
  if (vocabulary === null) throw new Error('not open');
  return readText(text, COMMANDS, vocabulary, locale);
};

/** Words of commands, each with what must be found of it in the arguments or in the answer. */
const TRACES: Readonly<Record<string, RegExp>> = {
  tao: /tao/,
  btc: /btc/,
  near: /near/,
  wow: /wow/,
  eur: /eur/,
  usd: /usd/,
  cad: /cad/,
  dollars: /usd|dollars/,
  $400: /400/,
  '2.5k': /2500|2\.5k/,
  '1.2.3': /1\.2\.3/,
  '30d': /30d/,
  '1w': /7d|1w/,
  max: /1y|max/,
  banana: /banana/,
  qqqqzz: /qqqqzz/,
  zzyzx: /zzyzx/,
  '09:00': /09:00/,
  berlin: /berlin/,
  weekdays: /weekdays/,
  'coins:btc,near': /btc.*near/,
  'currency:gbp': /gbp/,
};
const NAMES = ['coin', 'price', 'chart', 'compare', 'convert', 'digest create', 'digest pause', 'network'];
const words = fc.array(fc.constantFrom(...Object.keys(TRACES), 'to', 'in', 'please', 'the'), {
  minLength: 1,
  maxLength: 7,
});

it('every word of a command is used, carries nothing, or is named in the answer', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...NAMES), words, async (name, typed) => {
    const invocation = read(`/${name} ${typed.join(' ')}`, few);
    const place = { tenant: '-', channel: 'c' };
    const user = { id: 'u', canManage: true };
    const card = await core?.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' });
    const { args, remarks = [] } = invocation;
    expect(card).toBeDefined();
    if (card !== undefined) for (const remark of remarks) expect(plainText(card)).toContain(remark.replaceAll('`', ''));
    const said = `${Object.values(args).join(' ')} ${remarks.join(' ')}`.toLowerCase();
    const unnamed = remarks.join(' ').includes(' more.'); // only the first of many are named one by one
    for (const word of unnamed ? [] : typed) expect(said, `/${name} ${typed.join(' ')}`).toMatch(TRACES[word] ?? /^/);
  });
  await fc.assert(property, { seed: 5, numRuns: 400 });
}, 120_000);

/** What decides about money: which way, how much, in which currency. */
function meaning({ command, args }: ReadText) {
  const { amount, currency, from, to, range, time, timezone, days } = args;
  return { command, amount, currency, from, to, range, time, timezone, days };
}

it.each(rows)('new tokens called like its words change nothing: $locale: $text', ({ locale, text, remark, asks }) => {
  // A word that nobody knew may be a coin now, with an amount of one; nothing else may change.
  const isKnown = remark === '' && asks === null;
  const view = (reading: ReadText) => (isKnown ? reading : { ...meaning(reading), amount: null, from: null, to: null });
  expect(view(read(text, many, locale))).toEqual(view(read(text, few, locale)));
});

it('new tokens change no direction and no currency in any order of words', () => {
  const known = 'tao btc eur usd cad dollars $400 2.5k to in of for please the one 5'.split(' ');
  const ranges = ['30d', '1w', 'max'];
  const line = (from: readonly string[]) => fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 7 });
  const typed = fc.oneof(
    fc.tuple(fc.constantFrom('/price', '/convert', '/coin', '/digest create 09:00', 'how much is', ''), line(known)),
    fc.tuple(fc.constantFrom('/chart', '/compare', 'chart of', 'compare'), line([...known, ...ranges])),
  );
  fc.assert(
    fc.property(typed, ([start, words]) => {
      const text = `${start} ${words.join(' ')}`;
      expect(meaning(read(text, many)), text).toEqual(meaning(read(text, few)));
    }),
    { seed: 11, numRuns: 1500 },
  );
});

it('never throws and never yields an unknown argument, whatever is typed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '/coin __proto__',
      '/convert constructor',
      `/price ${'a'.repeat(50_000)}`,
      `/price ${'tao '.repeat(1000)}`,
    ),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const invocation = read(typed, few);
      const command = COMMANDS.find(({ name }) => name === invocation.command);
      for (const name of Object.keys(invocation.args))
        expect(command === undefined || Object.hasOwn(command.args, name)).toBe(true);
    }),
    { numRuns: 300, seed: 7 },
  );
});
