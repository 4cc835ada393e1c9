// Choices while somebody types: within Discord's limits, best first, and never an error.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Choice, createComplete, numberedChoices } from '../../../src/app/input/autocomplete.ts';
import type { ArgType } from '../../../src/app/command.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
/** A name whose 100th character is half of an emoji. */
const LONG_NAME = `Zebra ${'🦓'.repeat(80)}`;
const LONG_ID = 'zebra-coin';
beforeAll(async () => {
  core = await openTestCore();
  core.gecko.set(LONG_ID, { symbol: 'zbr', name: LONG_NAME, price: 1, rank: 400, supply: 1e8, change24h: 0 });
});
afterAll(() => core.close());

const place = { tenant: 'guild', channel: 'channel' };

function complete(type: ArgType, text: string): Promise<readonly Choice[]> {
  return createComplete(core.services)({ command: 'any', arg: 'any', type, text, place });
}
const values = async (type: ArgType, text: string) => (await complete(type, text)).map(({ value }) => value);

describe('coins', () => {
  it('nothing typed: the profiled coins first, in their order', async () => {
    const profiled = [...core.services.content.coins.keys()];
    expect((await values('coin', '')).slice(0, profiled.length)).toEqual(profiled);
  });

  it('by ticker, name and alias; the value is the id, the label says more', async () => {
    const [first] = await complete('coin', 'tao');
    expect(first?.value).toBe('bittensor');
    expect(first?.name).toMatch(/^TAO · Bittensor/);
    expect((await values('coin', 'akash'))[0]).toBe('akash-network');
    expect((await values('coin', '  NEAR  '))[0]).toBe('near');
  });

  it('a typo still finds its coin, nonsense finds none', async () => {
    expect(await values('coin', 'bittensro')).toContain('bittensor');
    expect(await values('coin', 'qqqqqqqq')).toEqual([]);
  });
});

it('a long name is cut, but no emoji of it: half a one is no text, and Discord would refuse all choices', async () => {
  await vi.waitUntil(() => core.services.content.index().whole, { timeout: 30_000 });
  for (const type of ['coin', 'coins'] as const)
    for (const before of type === 'coins' ? ['', 'near,', 'akash-network,'] : ['']) {
      const found = (await complete(type, `${before}zebra`)).find(({ value }) => value.endsWith(LONG_ID));
      expect(found?.name.isWellFormed(), found?.name).toBe(true);
      expect(found?.name.length).toBeGreaterThanOrEqual(99);
    }
  const [alert] = numberedChoices([{ id: 'a1', words: LONG_NAME }], '');
  expect(alert?.name.isWellFormed()).toBe(true);
});

describe('lists of coins', () => {
  it('the last coin is completed, those before it are kept and not offered again', async () => {
    const [first] = await complete('coins', 'bittensor, nea');
    expect(first).toMatchObject({
      value: 'bittensor,near',
      name: expect.stringMatching(/^BITTENSOR, NEAR · NEAR/) as string,
    });
    expect(await values('coins', 'near,')).not.toContain('near,near');
  });

  it('a list too long for a choice offers nothing rather than half of it', async () => {
    expect(await complete('coins', `${'bittensor,'.repeat(10)}nea`)).toEqual([]);
  });
});

it('currencies by their start, in any case', async () => {
  expect(await complete('currency', 'US')).toContainEqual({ name: 'USD', value: 'usd' });
  for (const value of await values('currency', 'e')) expect(value.startsWith('e')).toBe(true);
  expect(await values('currency', 'euros')).toEqual([]);
});

it('questions of the FAQ as they stand there', async () => {
  const questions = Array.from(core.services.content.faq.values(), ({ question }) => question);
  expect(await values('text', 'who foun')).toContain(core.services.content.faq.get('founders')?.question);
  for (const value of await values('text', 'stak')) expect(questions).toContain(value);
  expect(await complete('text', '')).toHaveLength(25);
});

it('time zones by city', async () => {
  expect(await values('zone', 'berl')).toContain('Europe/Berlin');
  expect((await values('zone', '')).length).toBeGreaterThan(0);
});

it.each<ArgType>(['number', 'time', 'days', 'flag', 'choice', 'channel'])('%s has no choices', async (type) => {
  expect(await complete(type, '1')).toEqual([]);
});

describe('digests', () => {
  const query = { command: 'digest delete', arg: 'digest', type: 'digest', text: ' 09 ', place } as const;

  it('come from the place where somebody types', async () => {
    const asked: unknown[] = [];
    const choose = createComplete(core.services, {
      digest: async (from) => {
        asked.push([from.place, from.text]);
        return [{ name: '#1 · 09:00', value: '1' }];
      },
    });
    expect(await choose(query)).toEqual([{ name: '#1 · 09:00', value: '1' }]);
    expect(asked).toEqual([[place, '09']]);
  });

  it('none where a platform has no digests, at most 25, and none beyond Discord’s limits', async () => {
    expect(await createComplete(core.services)(query)).toEqual([]);
    const many = Array.from({ length: 40 }, (_, at) => ({ name: `digest ${at}`, value: String(at) }));
    const broken = [
      { name: '', value: '1' },
      { name: 'x'.repeat(101), value: '1' },
      { name: 'x', value: '' },
    ];
    expect(await createComplete(core.services, { digest: async () => many })(query)).toHaveLength(25);
    expect(await createComplete(core.services, { digest: async () => broken })(query)).toEqual([]);
  });
});

it('any text gives choices that Discord accepts', async () => {
  const types = fc.constantFrom<ArgType>('coin', 'coins', 'currency', 'text', 'zone');
  await fc.assert(
    fc.asyncProperty(types, fc.string({ unit: 'binary', maxLength: 200 }), async (type, text) => {
      const choices = await complete(type, text);
      expect(choices.length).toBeLessThanOrEqual(25);
      for (const { name, value } of choices)
        for (const shown of [name, value]) expect(shown.length >= 1 && shown.length <= 100, shown).toBe(true);
    }),
    { numRuns: 100 },
  );
});
