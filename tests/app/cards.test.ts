// Cards as the core makes them: the real market over a fake CoinGecko, a clock that the test owns.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../src/app/card.ts';
import { isErrorCard } from '../../src/app/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import type { Request } from '../../src/app/command.ts';
import { readText } from '../../src/app/reader/read.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let core: TestCore;
let clock: number;

beforeEach(async () => {
  clock = Date.now();
  core = await openTestCore({ now: () => clock });
});
afterEach(() => core.close());

function ask(text: string, more: Partial<Request> = {}): Promise<Card> {
  return core.dispatch({
    platform: 'terminal',
    ...readText(text, COMMANDS, vocabularyOf(core.services)),
    user: { id: 'u', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text',
    ...more,
  });
}

/** The list of all coins arrives shortly after the start. */
async function directory(): Promise<void> {
  await expect.poll(() => core.services.content.index().whole, { timeout: 30_000 }).toBe(true);
}

const find = <K extends Block['kind']>(card: Card, kind: K) =>
  card.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);

describe('/coin', () => {
  it('has everything of the contract in its order', async () => {
    const card = await ask('/coin tao');
    expect(card).toMatchObject({ kind: 'coin', outcome: 'ok', title: 'Bittensor (TAO)' });
    expect(card.subtitle).toMatch(/^#35 · AI$/);
    const words = plainText(card);
    for (const part of [
      '\\$250\\.28',
      'Market cap: \\$2\\.84B',
      '24 h volume',
      '24 h range',
      '7 d',
      '30 d',
      'From all-time high',
      'past 7 days',
      'Founders|Co-founders',
      'Network live since',
      'consensus',
      'Max supply: 21,000,000 TAO',
      'Price data by CoinGecko · updated \\d+ s ago',
    ])
      expect(words).toMatch(new RegExp(part));
    const labels = find(card, 'buttons').flatMap((block) => block.buttons.map((button) => button.label));
    expect(labels).toEqual([
      '24h',
      '7d',
      '30d',
      '1y',
      'Refresh',
      'What it is',
      'How it works',
      'Use cases',
      'Tradeoffs',
      'FAQ',
    ]);
    expect(find(card, 'menu')[0]?.options.length).toBe(8);
    expect(card.blocks.map((block) => block.kind).indexOf('headline')).toBe(0);
  });

  it('every control leads to a card', async () => {
    const card = await ask('/coin tao');
    const asks = [
      ...find(card, 'buttons').flatMap((block) => block.buttons),
      ...find(card, 'menu').flatMap((block) => block.options),
    ].map((control) => control.invocation);
    for (const { command, args } of asks)
      expect(isErrorCard(await ask('', { command, args, via: 'control' }))).toBe(false);
  });

  it('says openly when a ticker is shared', async () => {
    await directory();
    const card = await ask('/coin tao');
    expect(plainText(card)).toMatch(/more coin.* ticker.*Tao Inu/i);
  });

  it('gives the market part for a coin without a profile, in another currency too', async () => {
    await directory();
    expect(plainText(await ask('/coin ethereum eur'))).toMatch(
      /Ethereum \(ETH\)[\s\S]*€2,4\d\d\.\d\d[\s\S]*No profile for this coin/,
    );
  });

  it('offers what comes closest to a typo', async () => {
    const card = await ask('/coin bittensr');
    expect(card.outcome).toBe('not-found');
    expect(plainText(card)).toContain('TAO · Bittensor');
    expect(isErrorCard(card)).toBe(true);
  });
});

describe('age', () => {
  it('grows truthfully through an outage: live, minutes, delayed, old without change figures', async () => {
    await ask('/coin tao');
    await core.gecko.down();
    const at = clock;
    const seen = async (ms: number) => {
      clock = at + ms;
      return plainText(await ask('/coin tao'));
    };
    expect(await seen(5 * 60_000)).toMatch(/updated [56] min ago/);
    expect(await seen(40 * 60_000)).toMatch(/⚠ delayed · updated 4[01] min ago/);
    const old = await seen(30 * 3_600_000);
    expect(old).toMatch(/\$250\.28/);
    expect(old).toMatch(/⚠ old data · from 3[01] h ago/);
    expect(old).not.toMatch(/24 h range|▲|▼|^7 d/m);
    await core.gecko.up();
  });

  it('never having received anything: the profile, and the reason instead of a number', async () => {
    await core.close();
    core = await openTestCore({ now: () => clock, settings: { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' } });
    const card = await ask('/coin tao');
    expect(card.outcome).toBe('ok');
    expect(plainText(card)).toMatch(/Price unavailable: CoinGecko/);
    expect(plainText(card)).toContain('subnets');
    expect(plainText(card)).not.toMatch(/\$0|NaN/);
  });
});

describe('other commands', () => {
  it('an unknown coin is not found, and prices that are all missing are no answer', async () => {
    await directory();
    expect((await ask('/price zzzzqqq')).outcome).toBe('not-found');
    expect((await ask('/price tao zzzzqqq')).outcome).toBe('ok');
    await core.gecko.down();
    for (const text of ['/price coin-3 coin-4 gbp', '/coin coin-3 gbp'])
      expect((await ask(text)).outcome).toBe('unavailable');
    expect((await ask('/price tao coin-4 usd')).outcome).toBe('ok');
    expect((await ask('/coin tao gbp')).outcome).toBe('ok'); // what it is stands in its profile
    await core.gecko.up();
  });

  it('a max supply that cannot be true is unknown', async () => {
    await directory();
    const impossible = [0, -1, 5];
    for (const [at, max] of impossible.entries()) {
      core.gecko.glitch = (rows) => rows.map((row) => ({ ...row, max_supply: max }));
      clock += 5 * 60_000;
      const words = plainText(await ask(`/coin coin-${at + 5}`));
      expect(words).toContain('Circulating');
      expect(words).not.toContain('at most');
    }
    core.gecko.glitch = null;
  });

  it('/price: one line each, unknown ones named', async () => {
    await directory();
    const words = plainText(await ask('/price tao near zzzz'));
    expect(words).toMatch(/TAO {2}\$250\.28 {2}[▲▼].*\(24 h\) {2}updated/);
    expect(words).toMatch(/NEAR {2}\$1\.62/);
    expect(words).toMatch(/zzzz {2}unknown coin/);
  });

  it('/convert both ways, with the age of the rate', async () => {
    expect(plainText(await ask('/convert 2 tao usd'))).toMatch(/2 TAO in USD[\s\S]*\$500\.56[\s\S]*updated/);
    expect(plainText(await ask('/convert 500.56 usd tao'))).toMatch(/2 TAO/);
    expect(plainText(await ask('/convert 1 tao near'))).toMatch(/154\.49/);
    expect((await ask('/convert abc tao usd')).outcome).toBe('invalid');
  });

  it('/compare cuts to the common start and tabulates', async () => {
    const card = await ask('/compare tao near render 30d');
    expect(find(card, 'chart')[0]?.chart.series.map((series) => [series.label, series.points[0]?.[1]])).toEqual([
      ['TAO', 0],
      ['NEAR', 0],
      ['RENDER', 0],
    ]);
    expect(find(card, 'table')[0]?.rows.length).toBe(3);
    expect((await ask('/compare tao')).outcome).toBe('invalid');
  });

  it('/network from the chain; known facts with their date when the node is away', async () => {
    expect(plainText(await ask('/network'))).toMatch(
      /Block: 9,\d{3},\d{3}[\s\S]*1\d,\d{3},\d{3} TAO \(5\d\.\d\d% of 21M\)[\s\S]*0\.5 TAO[\s\S]*3,600 TAO[\s\S]*15,750,000 TAO issued[\s\S]*between .* 20\d\d and .* 20\d\d/,
    );
    await core.close();
    core = await openTestCore({ now: () => clock, settings: { SUBTENSOR_RPC_URL: 'http://127.0.0.1:9' } });
    expect(plainText(await ask('/network'))).toMatch(/Live data unavailable[\s\S]*As of 8 Oct 2026/);
  });

  it('/faq: the all-time high is read live, with its day, source and age', async () => {
    const words = plainText(await ask('/faq', { args: { id: 'ath' } }));
    expect(words).toMatch(/all-time high of TAO is \$750\.84 on 11 Apr 2024 \(CoinGecko, .+ ago\)\./u);
  });

  it('/faq: an answer about the bot itself has a date and no source', async () => {
    const words = plainText(await ask('/faq', { args: { id: 'bot-privacy' } }));
    expect(words).toContain('\nAs of 28 Nov 2026');
    expect(words).not.toContain('Source');
  });

  it('/faq: filled with live values and their age; unsure with suggestions; misses counted without user', async () => {
    const answer = plainText(await ask('/faq when is the next TAO halving?'));
    expect(answer).toMatch(/our estimate|15,750,000/);
    expect(answer).toMatch(/as of \d+ \w+ 2026/);
    const unsure = await ask('what colour is the moon on tuesdays <@123>');
    expect(unsure.outcome).toBe('unsure');
    const gaps = await ask('/faq-gaps', { user: { id: 'boss', canManage: true } });
    expect(plainText(gaps)).toContain('1× what colour is the moon on tuesdays');
    expect(plainText(gaps)).not.toContain('123');
  });

  it('answers questions about profiled coins from their profiles', async () => {
    expect(plainText(await ask('who founded near?'))).toMatch(/Illia Polosukhin/);
    expect(plainText(await ask('max supply of akash'))).toMatch(/388,539,008/);
  });

  it('/help lists every command, /about the sources and the budget', async () => {
    const help = plainText(await ask('/help'));
    for (const { name } of COMMANDS) expect(help).toContain(`/${name}`);
    expect(plainText(await ask('/about'))).toMatch(/keyless plan[\s\S]*coingecko: ok/);
  });
});

describe('the door', () => {
  it('refuses what only managers may, and too many requests from one person only', async () => {
    expect((await ask('/faq-gaps')).outcome).toBe('refused');
    const burst = [];
    for (let index = 0; index < 8; index++)
      burst.push(await ask('/help', { platform: 'discord', user: { id: 'busy', canManage: false } }));
    expect(burst.map((card) => card.outcome)).toEqual([...Array.from({ length: 6 }, () => 'ok'), 'refused', 'refused']);
    expect((await ask('/help', { platform: 'discord', user: { id: 'other', canManage: false } })).outcome).toBe('ok');
  });

  it('suggests the command meant', async () => {
    expect(plainText(await ask('/pric tao'))).toContain('/price');
  });

  it('turns our own bug into a calm card with the reference that is in the log', async () => {
    const broken = {
      ...core.services.content,
      coins: {
        get: () => {
          throw new Error('boom');
        },
      },
    };
    Object.assign(core.services, { content: broken });
    const card = await ask('/coin tao');
    expect(card.outcome).toBe('error');
    const reference = /reference: (\w+)/.exec(plainText(card))?.[1] ?? 'none';
    expect(core.lines.join('\n')).toContain(reference);
    expect(plainText(card)).not.toContain('boom');
  });

  it('writes one line per request, without the words', async () => {
    await ask('/faq my secret words');
    const line = core.lines.find((candidate) => candidate.includes('"request"')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      platform: 'terminal',
      command: 'faq',
      outcome: expect.any(String) as string,
      ms: expect.any(Number) as number,
    });
    expect(core.lines.join('')).not.toContain('my secret words');
  });
});

it('a broken locale means English, for every command', async () => {
  for (const text of ['/coin tao', '/network', '/convert 1 tao eur', '/compare tao near', '/faq halving']) {
    expect(isErrorCard(await ask(text, { locale: '!!' }))).toBe(false);
  }
});
