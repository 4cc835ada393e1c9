// What the runtime says about one subnet on demand: the value of a swap, the next payout; bounded, and never from our own arithmetic.
import { afterEach, describe, expect, it } from 'vitest';
import { FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { MINUTE } from '../../../src/base/clock.ts';

const SELL = 'SwapRuntimeApi_sim_swap_alpha_for_tao';
let scene: Scene;
afterEach(() => scene.close());
const quoteOf = async (...question: Parameters<Scene['subnets']['swapQuote']>) => {
  const result = await scene.subnets.swapQuote(...question);
  if (result.quote === null) throw new Error(result.reason);
  return result.quote;
};
const sells = (): number => scene.node.asked.filter((method) => method === SELL).length;

it('10 TAO into SN92: fee as recorded on the live chain, own impact apart from it', async () => {
  scene = await openScene();
  const quote = await quoteOf(92, 'buy', 10);
  expect(quote).toMatchObject({ netuid: 92, direction: 'buy', spotTao: 0.001_348_21, paid: 10, fee: 0.005_035_477 });
  expect(quote).toMatchObject({ partly: false, block: FIRST_BLOCK, source: new URL(scene.node.url).host });
  expect(quote.atSpot).toBeCloseTo(10 / 0.001_348_21, 6);
  expect(quote.received).toBeLessThan(quote.atSpot);
  expect(quote.received + quote.impact + quote.fee / quote.spotTao).toBeCloseTo(quote.atSpot, 3);
});

it('selling: what comes out is TAO, the fee is alpha', async () => {
  scene = await openScene();
  const quote = await quoteOf(92, 'sell', 100_000);
  expect(quote).toMatchObject({ paid: 100_000, fee: expect.closeTo(50.3548, 4) as number });
  expect(quote.atSpot).toBeCloseTo(134.821, 6);
  expect(quote.received).toBeCloseTo(128.3, 0); // a twentieth of the pool
  expect(quote.impact).toBeCloseTo(quote.atSpot - quote.received - quote.fee * quote.spotTao, 6);
});

it('the pool takes a part only', async () => {
  scene = await openScene();
  const call = scene.world.call;
  const half = `0x${'00e1f50500000000'.repeat(6)}`;
  scene.world.call = (name, argument, block) => (name === SELL ? half : call(name, argument, block));
  expect(await quoteOf(5, 'sell', 10)).toMatchObject({ partly: true, paid: 0.2, received: 0.1 });
});

describe('no quote', () => {
  it.each<[string, number, 'buy' | 'sell', number, string]>([
    ['more than the pool can swap', 92, 'sell', 20_999_999_999, 'this is no amount that can be swapped'],
    ['a thousand times the pool', 92, 'buy', 20_000_000, 'the pool cannot swap this amount'],
    ['nothing', 92, 'sell', 0, 'this is no amount that can be swapped'],
    ['less than nothing', 92, 'sell', -5, 'this is no amount that can be swapped'],
    ['no number', 92, 'sell', Number.NaN, 'this is no amount that can be swapped'],
    ['more rao than a number can hold', 92, 'sell', 1e300, 'this is no amount that can be swapped'],
    ['infinity', 92, 'sell', Number.POSITIVE_INFINITY, 'this is no amount that can be swapped'],
    ['root', 0, 'sell', 5, 'the chain has no price for this subnet'],
    ['a number that is not used', 500, 'sell', 5, 'the chain has no price for this subnet'],
  ])('%s', async (_name, netuid, direction, amount, reason) => {
    scene = await openScene();
    expect(await scene.subnets.swapQuote(netuid, direction, amount)).toEqual({ quote: null, reason });
  });

  it.each([
    ['zeros', '00'.repeat(48)],
    ['more taken than was offered', `${'00e40b5402000000'.repeat(2)}${'00'.repeat(32)}`],
    ['seven figures', '01'.repeat(56)],
  ])('%s', async (_name, hex) => {
    scene = await openScene();
    const call = scene.world.call;
    scene.world.call = (name, argument, block) => (name === SELL ? `0x${hex}` : call(name, argument, block));
    expect((await scene.subnets.swapQuote(5, 'sell', 1)).quote).toBeNull();
  });

  it('from a block that is old by now', async () => {
    scene = await openScene();
    await scene.after();
    scene.node.fault = { kind: 'status', status: 500 };
    await scene.after(15 * MINUTE);
    expect(await scene.subnets.swapQuote(5, 'sell', 1)).toEqual({
      quote: null,
      reason: 'the Bittensor nodes do not answer just now',
    });
  });
});

describe('bounded', () => {
  it('the same question of a hundred people is asked once a block', async () => {
    scene = await openScene();
    await Promise.all(Array.from({ length: 100 }, () => scene.subnets.swapQuote(5, 'sell', 1)));
    expect(sells()).toBe(1);
    await scene.after(MINUTE);
    await scene.subnets.swapQuote(5, 'sell', 1);
    expect(sells()).toBe(2);
  });

  it('a thousand different questions: six at once, then one in five seconds', async () => {
    scene = await openScene();
    const asked = Array.from({ length: 1_000 }, (_, index) => scene.subnets.swapQuote(5, 'sell', index + 1));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ quote }) => quote !== null)).toHaveLength(6);
    expect(answers.at(-1)).toEqual({ quote: null, reason: 'too many quotes are asked for just now' });
    expect(sells()).toBe(6);
    scene.clock.advance(5_000);
    expect((await scene.subnets.swapQuote(5, 'sell', 2_000)).quote).not.toBeNull();
  });
});

it('the next payout by the runtime, null for what is not there', async () => {
  scene = await openScene();
  expect(await scene.subnets.nextEpoch(64)).toBe(FIRST_BLOCK - 64 + 360);
  expect(await scene.subnets.nextEpoch(64)).toBe(FIRST_BLOCK - 64 + 360);
  expect(await scene.subnets.nextEpoch(500)).toBeNull();
  expect(await scene.subnets.nextEpoch(0)).toBeNull();
  expect(scene.node.asked.filter((method) => method.includes('next_epoch'))).toHaveLength(1);
});
