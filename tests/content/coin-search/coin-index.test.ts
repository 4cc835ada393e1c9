// Which coin is meant: exact names, shared tickers, typos, look-alikes and hostile text.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoinIndex, createCoinIndex } from '../../../src/content/coin-search/coin-index.ts';
import type { CoinInput } from '../../../src/content/coin-search/coin-keys.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';

const COINS: CoinInput[] = [
  { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin', rank: 1 },
  { id: 'ethereum', symbol: 'eth', name: 'Ethereum', rank: 2 },
  { id: 'bridged-eth', symbol: 'eth', name: 'Bridged Ether', rank: null },
  { id: 'fusotao', symbol: 'tao', name: 'Fusotao', rank: 900 },
  { id: 'tao-meme', symbol: 'TAO', name: 'Tao Meme', rank: null },
  { id: 'near', symbol: 'near', name: 'NEAR Protocol', rank: 30, profiled: true },
  { id: 'bittensor', symbol: 'TAO', name: 'Bittensor', rank: 40, profiled: true, aliases: ['τ', 'opentensor coin'] },
  { id: 'fetch-ai', symbol: 'fet', name: 'Artificial Superintelligence Alliance', rank: 60, profiled: true },
  { id: 'constructor', symbol: '__proto__', name: 'hasOwnProperty', rank: null },
  { id: 'cyrillic', symbol: 'тао', name: 'Подделка', rank: null },
];
const index = createCoinIndex(COINS);
const idOf = (query: string) => {
  const found = index.resolve(query);
  return found.kind === 'exact' ? found.coin.id : `${found.kind}: ${found.suggestions.map(({ id }) => id).join(' ')}`;
};

it.each([
  ['tao', 'bittensor'],
  [' $TAO ', 'bittensor'],
  ['ＴＡＯ', 'bittensor'],
  ['t\u200ba\u202Eo\u0000', 'bittensor'],
  ['τ', 'bittensor'],
  ['Opentensor  Coin', 'bittensor'],
  ['fetch.ai', 'fetch-ai'],
  ['NEAR protocol', 'near'],
  ['eth', 'ethereum'],
  ['id:tao-meme', 'tao-meme'],
  ['id:fusotao', 'fusotao'],
  ['__proto__', 'constructor'],
  ['hasownproperty', 'constructor'],
  ['тао', 'cyrillic'],
  ['bitensor', 'guess: bittensor'],
  ['bittenosr', 'guess: bittensor'],
  ['etherium', 'guess: ethereum'],
  ['superintelligence', 'none: near bittensor fetch-ai'],
  ['artificial', 'guess: fetch-ai'],
  ['', 'none: near bittensor fetch-ai'],
  ['toString', 'none: near bittensor fetch-ai'],
])('%j is %s', (query, wanted) => expect(idOf(query)).toBe(wanted));

it('a shared ticker is resolved openly, the profiled coin first and the others by rank', () => {
  const found = index.resolve('tao');
  expect(found).toMatchObject({ kind: 'exact', coin: { id: 'bittensor', profiled: true } });
  expect(found.kind === 'exact' && found.others.map(({ id }) => id)).toEqual(['fusotao', 'tao-meme']);
});

it('Cyrillic look-alikes are only suggested', () => {
  const withoutImpostor = createCoinIndex(COINS.filter(({ id }) => id !== 'cyrillic'));
  const found = withoutImpostor.resolve('ТАО');
  expect(found).toMatchObject({
    kind: 'guess',
    suggestions: [{ id: 'bittensor' }, { id: 'fusotao' }, { id: 'tao-meme' }],
  });
  expect(withoutImpostor.find('ТАО', { limit: 1 })).toMatchObject([{ coin: { id: 'bittensor' }, kind: 'look-alike' }]);
});

it('completion: profiled and largest coins first, prefixes before typos, at most as many as asked', () => {
  expect(index.complete('', 4).map(({ id }) => id)).toEqual(['near', 'bittensor', 'fetch-ai', 'bitcoin']);
  expect(index.complete('bit').map(({ id }) => id)).toEqual(['bittensor', 'bitcoin']);
  expect(index.find('bitcoim', { limit: 5 })).toMatchObject([{ coin: { id: 'bitcoin' }, kind: 'typo' }]);
  expect(index.complete('e', 1)).toHaveLength(1);
});

it('equally near names come by size, whatever their length', () => {
  const two = createCoinIndex([
    { id: 'grape', symbol: 'grp', name: 'Grape', rank: 900 },
    { id: 'grapes', symbol: 'grs', name: 'Grapes', rank: 5 },
  ]);
  expect(two.resolve('grapez')).toMatchObject({ kind: 'guess', suggestions: [{ id: 'grapes' }, { id: 'grape' }] });
});

it('any text gets an answer', () => {
  const piece = fc.constantFrom(
    'ta',
    'o',
    'о',
    'ТАО',
    'τ',
    'ﷺ',
    'é',
    '\u0301',
    '😀',
    '\uD83D',
    '\u200b',
    '\u202E',
    '\0',
    '\n',
    '$',
    '-',
    'id:',
    '__proto__',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      const query = pieces.join('');
      expect(['exact', 'guess', 'none']).toContain(index.resolve(query).kind);
      expect(index.complete(query).length).toBeLessThanOrEqual(25);
    }),
    { numRuns: 200 },
  );
  expect(index.resolve('x'.repeat(6000)).kind).toBe('none');
  expect(index.resolve('тао '.repeat(1500)).kind).toBe('none');
});

it('every coin can be reached by id, and by name unless a namesake wins', () => {
  for (const { id, name } of COINS) {
    expect(idOf(`id:${id}`)).toBe(id);
    expect(index.find(name, { limit: 5 }).map(({ coin }) => coin.id)).toContain(id);
  }
});

describe('in a world of 18,000 coins', () => {
  const profiled = new Set(['bittensor', 'near']);
  const placeOf = (coin: CoinInput) => (profiled.has(coin.id) ? 0 : (coin.rank ?? 1e9));
  const inWinningOrder = coinWorld().sort((a, b) => placeOf(a) - placeOf(b));
  const world = inWinningOrder.map((coin) => ({ ...coin, profiled: profiled.has(coin.id) }));
  let pauses = 0;
  const pause = () => Promise.resolve((pauses += 1));
  const building = buildCoinIndex(world, true, pause);

  it.each([
    ['tao', 'bittensor'],
    ['btc', 'bitcoin'],
    ['eth', 'ethereum'],
    ['near', 'near'],
    ['USD Coin', 'usd-coin'],
    ['bitcoin cash', 'bitcoin-cash'],
    ['wrapped bitcoin', 'wrapped-bitcoin'],
    ['id:tao-inu', 'tao-inu'],
    ['比特币', 'bitebi'],
    ['тао', 'tao-moneta'],
  ])('%j is %s', async (query, id) => {
    expect((await building).resolve(query)).toMatchObject({ kind: 'exact', coin: { id } });
  });

  it.each([
    ['bitensor', 'bittensor'],
    ['etherum', 'ethereum'],
    ['solanna', 'solana'],
  ])('%j is a mistyped %s before anything else', async (query, id) => {
    const found = (await building).resolve(query);
    expect([found.kind, found.kind === 'guess' && found.suggestions[0]?.id]).toEqual(['guess', id]);
  });

  it('completion is by size, whatever the namesakes', async () => {
    const index = await building;
    expect(index.complete('bitc', 3).map(({ id }) => id)).toEqual(['bitcoin', 'bitcoin-cash', 'bitcoin-cash-sv']);
    expect(index.complete('weth', 40).map(({ symbol }) => symbol)).toEqual(Array.from({ length: 40 }, () => 'weth'));
    expect(
      index
        .complete('z')
        .every(({ name, symbol, id }) => [name, symbol, id].some((text) => text.toLowerCase().startsWith('z'))),
    ).toBe(true);
  });

  it('built in slices it answers like the one built at once, and lets others have many turns meanwhile', async () => {
    const [sliced, atOnce] = [await building, createCoinIndex(world)];
    expect(pauses).toBe(180);
    for (const { symbol, name } of world.filter((_, at) => at % 500 === 0)) {
      for (const query of [symbol, name, name.slice(0, 4), `${name}x`]) {
        expect(sliced.resolve(query)).toEqual(atOnce.resolve(query));
        expect(sliced.complete(query)).toEqual(atOnce.complete(query));
      }
    }
  });
});
