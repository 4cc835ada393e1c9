// `/subnet` over the chain of a fake node: every figure with its source and age, several of one name, hostile names, missing data.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isErrorCard } from '../../../src/app/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { controlsOf, find, openStage, recordPast, type SubnetStage } from './scene.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

let stage: SubnetStage;

async function openMarket(): Promise<SubnetStage> {
  const opened = await openStage({ minutes: 0 });
  await recordPast(opened, 30);
  opened.world.subnet(64).name = 'Chutes';
  await opened.minutes(6);
  return opened;
}

describe('/subnet', () => {
  beforeAll(async () => {
    stage = await openMarket();
  });
  afterAll(() => stage.close());

  it('says price in TAO and in money, changes, cap, pool, emission, age, payout and removal, with two sources and two ages', async () => {
    const card = await stage.ask('/subnet 64');
    expect(card).toMatchObject({ kind: 'subnet', outcome: 'ok', title: 'Chutes (SN64)' });
    expect(card.subtitle).toMatch(/^#6\d of 128 by market cap · \S+$/); // many symbols are written from right to left
    const words = plainText(card);
    for (const part of [
      '0\\.008400 τ · \\$2\\.10 {2}▲ \\+0\\.73% {2}24 h',
      'Market cap: 42K τ \\(\\$10\\.5M\\)',
      '24 h volume: ',
      'Pool: 7\\.4K τ and 2M alpha',
      'Emission: 0\\.78% of new TAO, on',
      'Age: \\d+ days, since \\d+ \\w+ 2025',
      'Next payout: in about \\d+ min',
      'Removal: \\d+(?:st|nd|rd|th) in line',
      'Its owner says: What subnet 64 does\\.',
      'Links of its owner: example-64\\.org · github\\.com · discord\\.gg',
      'Bittensor chain \\(127\\.0\\.0\\.1:\\d+\\), block 9,240,\\d+ · updated \\d+ s ago',
      'TAO at \\$250\\.28: Price data by CoinGecko · updated',
    ])
      expect(words).toMatch(new RegExp(part));
  });

  it('chart, alt text and headline say one change', async () => {
    const card = await stage.ask('/subnet 64', {
      command: 'subnet',
      args: { subnet: 'sn64', range: '24h' },
    });
    const [chart] = find(card, 'chart');
    expect(chart?.chart.unit).toEqual({ currency: 'tao' });
    expect(chart?.chart.path).toBe('/charts/sn64.png?range=24h');
    expect(chart?.chart.alt).toMatch(/^Chutes \(SN64\) price in TAO, past 24 hours: 0\.008\d+ TAO, up 0\.73%/);
    expect(plainText(card)).toContain('▲ +0.73%');
    expect(chart?.chart.series[0]?.points.at(-1)?.[1]).toBeCloseTo(0.0084, 4);
  });

  it.each(['sn64', '64', 'SN 64', 'τ64', 'chutes', 'CHUTES', 'subnet 64', 'chutes subnet'])(
    'finds it as %s',
    async (text) => {
      expect((await stage.ask(`/subnet ${text}`)).title).toBe('Chutes (SN64)');
    },
  );

  it('every control leads to a card', async () => {
    const controls = controlsOf(await stage.ask('/subnet 64'));
    expect(controls.map(({ label }) => label)).toEqual([
      '24h',
      '7d',
      '30d',
      '90d',
      'Refresh',
      'Exit quote',
      'All subnets',
    ]);
    for (const { invocation } of controls)
      expect(isErrorCard(await stage.ask('', { ...invocation, via: 'control' }))).toBe(false);
  });

  it('says next in line, and until when a new one is protected', async () => {
    expect(await stage.words('/subnet 92')).toContain('Removal: next in line');
    stage.world.register(12);
    await stage.minutes(12);
    const words = await stage.words('/subnet 12');
    expect(words).toMatch(/Removal: protected until 5 Feb 2027, in 120 days/);
    const [, age] = /^Age: (\d+ min), since 8 Oct 2026$/m.exec(words) ?? [];
    expect(Number.parseInt(age ?? '', 10)).toBeLessThan(20);
    expect(await stage.words('/subnets new')).toContain(`12 | New 12 | 0.00320 | – | ${age}`); // the card and the list say one age
  });
});

describe('which one', () => {
  beforeAll(async () => {
    stage = await openMarket();
  });
  afterAll(() => stage.close());

  it('asks back when several have the name, and each button leads to its own', async () => {
    stage.world.subnet(7).name = 'Chutes';
    await stage.minutes(12);
    const card = await stage.ask('/subnet chutes');
    expect(card.title).toBe('Which subnet?');
    const controls = controlsOf(card);
    expect(controls.map(({ label }) => label)).toEqual(['SN7 · Chutes', 'SN64 · Chutes']);
    const second = await stage.ask('', { ...controls[1]?.invocation, via: 'control' });
    expect(second.title).toBe('Chutes (SN64)');
  });

  it('offers what is near, says what root is, and knows no number that is not there', async () => {
    expect(controlsOf(await stage.ask('/subnet chut')).map(({ label }) => label)).toContain('SN64 · Chutes');
    expect(await stage.words('/subnet 0')).toMatch(/root network/);
    expect(await stage.words('/subnet root')).toMatch(/root network/);
    const none = await stage.ask('/subnet 400');
    expect(none.outcome).toBe('not-found');
    expect(plainText(none)).toMatch(/don't know a subnet called "400"/);
  });

  it('a name of markup and mentions stays text', async () => {
    stage.world.subnet(64).name = '<@1> [x](http://e.vil) \u202e**b**';
    await stage.minutes(12);
    const card = await stage.ask('/subnet 64');
    expect(card.title).toBe('<@1> [x](http://e.vil) **b** (SN64)');
    const links = JSON.stringify(card.blocks).match(/"href":"[^"]*/g);
    expect(links?.every((link) => link.includes('coingecko.com'))).toBe(true);
  });
});

describe('stale and missing', () => {
  beforeEach(async () => {
    stage = await openMarket();
  });
  afterEach(() => stage.close());

  it('ages truthfully: minutes, delayed without a payout, old without changes', async () => {
    stage.node.fault = { kind: 'status', status: 503 };
    stage.clock.advance(10 * MINUTE);
    expect(await stage.words('/subnet 64')).toMatch(/block 9,240,\d+ · updated \d+ min ago/);
    stage.clock.advance(HOUR);
    const delayed = await stage.words('/subnet 64');
    expect(delayed).toMatch(/block 9,240,\d+ · ⚠ delayed · updated \d+ min ago/);
    expect(delayed).not.toContain('Next payout');
    stage.clock.advance(2 * DAY);
    const old = await stage.words('/subnet 64');
    expect(old).toMatch(/⚠ old data · from \d+ [hd] ago/);
    expect(old).not.toMatch(/▲|▼|^7 d/m);
    expect(old).toContain('0.008400 τ');
  });

  it('a doubt about the price of TAO is said beside it', async () => {
    await stage.words('/subnet 64');
    stage.core.gecko.set('bittensor', { price: 500 });
    stage.clock.advance(2 * MINUTE);
    await stage.words('/price tao');
    expect(await stage.words('/price tao')).toContain('checking a newer price');
    expect(await stage.words('/subnet 64')).toMatch(/TAO at \$250\.28: .* · checking a newer price/);
  });

  it('prices only is said, and no figure is made up', async () => {
    await stage.close();
    stage = await openStage({ minutes: 0 });
    stage.world.upgraded = true;
    await stage.minutes(3);
    const words = await stage.words('/subnet 64');
    expect(words).toMatch(/⚠ prices only · details cannot be read right now/);
    expect(words).toContain('Subnet 64 (SN64)');
    expect(words).not.toMatch(/Market cap:|Pool|: 0 τ|NaN|null/);
  });

  it('no snapshot: the reason, and no number', async () => {
    await stage.close();
    stage = await openStage({ minutes: 0 });
    stage.node.fault = { kind: 'status', status: 503 };
    const card = await stage.ask('/subnet 64');
    expect(card.outcome).toBe('unavailable');
    expect(plainText(card)).toMatch(/Subnet prices are unavailable: .+\./);
    expect(plainText(card)).not.toMatch(/\d τ|\$/);
  });

  it('without a price of TAO the price in TAO stands alone, with the reason', async () => {
    await stage.close();
    stage = await openStage({ settings: { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' } });
    const words = await stage.words('/subnet 64');
    expect(words).toMatch(/^0\.008400 τ$/m);
    expect(words).toMatch(/No price in your currency: CoinGecko/);
    expect(words).not.toContain('$');
  });
});

describe('questions in plain words', () => {
  beforeAll(async () => {
    stage = await openMarket();
    stage.world.subnet(9).name = 'fees';
    await stage.minutes(12);
  });
  afterAll(() => stage.close());

  it.each([
    'what is subnet 64?',
    '/faq what is subnet 64?',
    'sn64',
    'chutes subnet',
    '/faq what is the chutes subnet?',
  ])('%s leads to the card', async (text) => {
    expect((await stage.ask(text)).title).toBe('Chutes (SN64)');
  });

  it.each(['what is a subnet?', 'subnet fees', 'how many subnets are there?'])(
    '%s stays with the FAQ',
    async (text) => {
      expect((await stage.ask(text)).kind).toBe('faq'); // also when an owner calls a subnet "fees"
    },
  );
});
