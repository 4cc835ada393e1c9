// `/convert` with a subnet: what the runtime's simulation gives beside the spot price, fee, slippage, partly filled and missing quotes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { controlsOf, openStage, type SubnetStage } from './scene.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

let stage: SubnetStage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.clock.advance(MINUTE)); // quotes are few in a minute
afterAll(() => stage.close());

const field = (words: string, label: string) => new RegExp(`^${label}: (.*)$`, 'm').exec(words)?.[1] ?? '';

describe('exit quotes', () => {
  it('sells: spot, simulated amount, fee and slippage in percent, with the age of the block', async () => {
    const card = await stage.ask('/convert 5000 sn64 tao');
    const words = plainText(card);
    expect(card).toMatchObject({ kind: 'convert', outcome: 'ok', title: '5,000 SN64 in TAO' });
    expect(field(words, 'At the spot price')).toMatch(/^42\.00\d* TAO$/);
    expect(field(words, 'Fee')).toBe('0.05%');
    expect(field(words, 'Slippage')).toMatch(/^0\.\d\d%$/);
    const got = Number(/^([\d.]+) TAO$/m.exec(words)?.[1]);
    expect(got).toBeLessThan(42);
    expect(got).toBeGreaterThan(41);
    expect(words).toMatch(
      /A simulation, nothing is traded · Bittensor chain \(127\.0\.0\.1:\d+\), block 9,240,\d+ · updated/,
    );
    expect(stage.node.asked).toContain('SwapRuntimeApi_sim_swap_alpha_for_tao');
  });

  it.each([
    ['/convert 100 tao sn64', '100 TAO in SN64'],
    ['/convert 100 tao to subnet 64', '100 TAO in SN64'],
    ['/convert 5000 sn64', '5,000 SN64 in USD'],
    ['/convert 5000 sn64 eur', '5,000 SN64 in EUR'],
    ['/convert $500 sn64', '$500.00 in SN64'],
    ['/convert 50 near τ64', '50 NEAR in SN64'],
    ['/convert 5 sn64 sn4', '5 SN64 in SN4'],
    ['how much is 100 sn64 in tao', '100 SN64 in TAO'],
  ])('%s', async (text, title) => {
    const card = await stage.ask(text);
    expect(card).toMatchObject({ outcome: 'ok', title });
    expect(plainText(card)).toMatch(/Fee: 0\.\d\d%/);
  });

  it('money is reached by way of TAO: both sources are named', async () => {
    const words = await stage.words('/convert 5000 sn64 usd');
    expect(words).toMatch(/^\$10,\d{3}/m);
    expect(words).toMatch(/Price data by CoinGecko · updated/);
  });

  it('warns when the amount itself moves the price', async () => {
    expect(await stage.words('/convert 5000 sn64 tao')).not.toContain('large for this pool');
    const card = await stage.ask('/convert 200000 sn64 tao');
    expect(card.tone).toBe('warn');
    expect(plainText(card)).toMatch(/⚠ large for this pool · .*: \d+\.\d% less than at the spot price\./);
  });

  it('every control leads to a card', async () => {
    for (const { invocation } of controlsOf(await stage.ask('/convert 5000 sn64 tao')))
      expect((await stage.ask('', { ...invocation, via: 'control' })).outcome).toBe('ok');
  });
});

describe('what it cannot do', () => {
  it('a pool that takes only a part: said, and the figures are those of the part', async () => {
    stage.world.poolsTake = 2_000_000_000_000n;
    const words = await stage.words('/convert 5000 sn64 tao');
    expect(words).toContain('⚠ partly · the pool of SN64 takes only 2,000 SN64; the figures are for that part.');
    expect(field(words, 'At the spot price')).toMatch(/^16\.80\d* TAO$/);
    expect(field(words, 'Rate')).toMatch(/^1 SN64 = 0\.0083\d* TAO$/);
    stage.world.poolsTake = null;
  });

  it('a pool that cannot swap the amount: the spot price alone, with the reason', async () => {
    stage.world.subnet(64).taoIn = 0n;
    stage.world.subnet(64).alphaIn = 0n;
    const card = await stage.ask('/convert 5000 sn64 tao');
    expect(plainText(card)).toMatch(/Spot price only, fee and slippage unknown: the pool cannot swap this amount\./);
    expect(plainText(card)).not.toMatch(/Fee:|Slippage:/);
    expect(card.tone).toBe('warn');
  });

  it('unknown subnets, both sides the same, nothing at all', async () => {
    expect((await stage.ask('/convert 5 sn400 tao')).outcome).toBe('not-found');
    expect(await stage.words('/convert 5 sn64 sn64')).toMatch(/Both sides are SN64/);
    expect(await stage.words('/convert 0 sn64 tao')).toMatch(/above zero/);
    expect(await stage.words('/convert -5 sn64 tao')).toMatch(/must not be negative/);
  });

  it('an old block is not quoted: the reason, and the age of the spot price', async () => {
    stage.node.fault = { kind: 'status', status: 503 };
    stage.clock.advance(HOUR);
    const words = await stage.words('/convert 5000 sn64 tao');
    expect(words).toMatch(/Spot price only, fee and slippage unknown: the Bittensor nodes do not answer just now\./);
    expect(words).toMatch(/⚠ delayed · updated \d+ min ago/);
  });
});
