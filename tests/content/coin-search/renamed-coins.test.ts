// Tickers of the past: what they mean now, and that the answer says so.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { RENAMED_COINS } from '../../../src/content/coin-search/renamed-coins.ts';
import { builtinCoins } from '../../../src/market/directory/builtin-coins.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore({
    world: coinWorld(),
    settings: { COINGECKO_PLAN: 'pro', COINGECKO_API_KEY: 'CG-0123456789abcdefghijklmn' },
  });
  await vi.waitUntil(() => core.services.content.index().whole, { timeout: 30_000 });
}, 60_000);
afterAll(() => core.close());

async function ask(text: string): Promise<string> {
  const invocation = readText(text, COMMANDS, vocabularyOf(core.services));
  const place = { tenant: '-', channel: '-' };
  const user = { id: 'u', canManage: true };
  return plainText(
    await core.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' }),
  );
}

it('every new coin exists, every source is an address, every sentence has a year', () => {
  const ids = new Set(builtinCoins().map(({ id }) => id));
  for (const { became, source, said } of RENAMED_COINS) {
    expect(ids).toContain(became);
    expect(source).toMatch(/^https:\/\/\S+\/\S+$/);
    expect(said).toMatch(/\b20\d\d\b/);
  }
});

describe.each(RENAMED_COINS.map((one) => ({ ...one })))('$ticker', ({ ticker, became, oneToOne, said }) => {
  it.each(['/price', '/coin', '/chart', '/convert 5', '/compare tao', '/digest create 09:00 UTC', '/alert +5% 24h'])(
    '%s says it',
    async (start) => {
      expect(await ask(`${start} ${ticker}`)).toContain(said);
    },
  );

  it('means the new coin only where one is exactly one', () => {
    const [first] = core.services.content.index().named(ticker);
    expect(first?.id === became).toBe(oneToOne);
  });
});

it('the old coin is still there by its id, and nothing is said where nothing was renamed', async () => {
  expect(await ask('/price id:matic-network')).toContain('MATIC (migrated to POL)');
  expect(await ask('/price near')).not.toMatch(/became|replaced/);
});
