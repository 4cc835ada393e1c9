// `/network` over the fake chain: the subnet market beside the block, and issuance that moves in a way that blocks cannot explain.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { progressBlocks, progressOf } from '../../../src/app/digest/progress.ts';
import { openStage, type SubnetStage } from '../subnets/scene.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

const TAO = 1_000_000_000n;
const DAY_MS = 24 * HOUR;

let stage: SubnetStage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

it('says how many subnets there are, what a new one costs, and the sum of their prices', async () => {
  const words = await stage.words('/network');
  expect(words).toContain('Subnets: 128 of 128');
  expect(words).toMatch(/Price of a new subnet: 962\.89 τ \(\$241K\)/);
  const { snapshot } = await stage.subnets.snapshot();
  const sum = snapshot?.subnets.reduce((all, { priceTao }) => all + (priceTao ?? 0), 0) ?? 0;
  expect(words).toContain(`Sum of alpha prices: ${sum.toFixed(2)} τ`);
  expect(words).not.toContain('moved');
});

it('gives no sum while one price is unknown: a part would be taken for the whole', async () => {
  const { price } = stage.world;
  stage.world.price = (netuid, block) => (netuid === 3 ? 0 : price(netuid, block));
  await stage.minutes(1);
  expect(await stage.words('/network')).not.toContain('Sum of');
});

it('without subnets it still says the block, and why the rest is missing', async () => {
  await stage.close();
  stage = await openStage({ minutes: 0 });
  stage.node.lacks.add('swap_currentAlphaPriceAll');
  stage.node.lacks.add('state_call');
  const words = await stage.words('/network');
  expect(words).toMatch(/Block: 9,240,3\d\d/);
  expect(words).toMatch(/Subnets: unavailable, \S/);
});

it('an issuance that rose beside the blocks is told with its block, and the estimate says that it counts it', async () => {
  stage.world.extraIssuance += 60_000n * TAO;
  await stage.minutes(2);
  const { snapshot } = await stage.subnets.snapshot();
  const block = snapshot?.network.issuanceJump?.toBlock ?? 0;
  const told = (words: string) => words.includes(block.toLocaleString('en'));
  const words = await stage.words('/network');
  expect(told(words)).toBe(true);
  expect(words).toMatch(/59,99\d TAO more than blocks can mint/);
  expect(words).toMatch(/estimate counts/);
  stage.clock.advance(29 * DAY_MS);
  await stage.minutes(1);
  expect(told(await stage.words('/network'))).toBe(true);
  stage.clock.advance(2 * DAY_MS);
  await stage.minutes(1);
  expect(await stage.words('/network')).not.toMatch(/more than blocks can mint/);
});

it('the FAQ does not give the estimate silently either', async () => {
  expect(await stage.words('/faq when is the next halving?')).not.toContain('beside the blocks');
  stage.world.extraIssuance += 60_000n * TAO;
  await stage.minutes(2);
  expect(await stage.words('/faq when is the next halving?')).toMatch(/beside the blocks at block 9,240,\d+/);
});

it('nor does the digest: the words say it, the picture leaves the estimate out', async () => {
  const halving = async () => {
    const progress = await progressOf('bittensor', null, stage.core.services);
    return { words: JSON.stringify(progressBlocks(progress, 'en')), bar: JSON.stringify(progress) };
  };
  expect((await halving()).words).not.toContain('beside the blocks');
  expect((await halving()).bar).toContain('"estimate"');
  stage.world.extraIssuance += 60_000n * TAO;
  await stage.minutes(2);
  expect((await halving()).words).toMatch(/estimated .+ beside the blocks at block 9,240,\d+/);
  expect((await halving()).bar).not.toContain('"estimate"');
});

it('a fall that recycling cannot explain is a move, too', async () => {
  stage.world.extraIssuance -= 50_000n * TAO;
  await stage.minutes(2);
  expect(await stage.words('/network')).toMatch(/\d TAO less than recycling explains/);
  stage.clock.advance(MINUTE);
});
