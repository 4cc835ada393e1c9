// The moving numbers of FAQ answers: each with its source and age, absent when unknown or too old to be said.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveValues } from '../../../src/app/bittensor/live-values.ts';
import { PLACEHOLDER_NAMES } from '../../../src/content/placeholders.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { openStage, type SubnetStage } from '../subnets/scene.ts';
import { MINUTE } from '../../../src/base/clock.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const OF_PRICE = ['allTimeHigh', 'price', 'change24h', 'marketCap', 'volume24h'];
const OF_CHAIN = PLACEHOLDER_NAMES.filter((name) => ![...OF_PRICE, 'newSubnetPrice'].includes(name));

let core: TestCore;
let clock: number;
beforeEach(async () => {
  clock = START;
  core = await openTestCore({ now: () => clock });
});
afterEach(() => core.close());

/** All values by name, as they are at the clock's time. */
async function values(locale = 'en'): Promise<Record<string, string>> {
  const user = { id: 'u', canManage: false };
  const place = { tenant: '-', channel: '-' };
  const request = { platform: 'terminal', command: 'faq', args: {}, user, place, locale, via: 'text' } as const;
  return Object.fromEntries(await liveValues({ request, services: core.services, now: clock }));
}

it('with price source and node, every placeholder has a value but the price of a new subnet, whose turn to be read comes later', async () => {
  const known = await values();
  expect(Object.keys(known).toSorted()).toEqual([...OF_PRICE, ...OF_CHAIN].toSorted());
  expect(known).toMatchObject({
    price: expect.stringMatching(/^\$250\.28 \(CoinGecko, .+\)$/) as string,
    marketCap: expect.stringMatching(/^\$2\.84B \(CoinGecko, .+\)$/) as string,
    change24h: expect.stringMatching(/^▲ \+3\.60% \(CoinGecko, .+\)$/) as string,
    issuance: expect.stringMatching(/^11,759,300 TAO \(read .+\)$/) as string,
    blockHeight: expect.stringMatching(/^9,563,788 \(read .+\)$/) as string,
    emissionPerBlock: '0.5 TAO',
    emissionPerDay: '3,600 TAO',
    nextHalvingThreshold: '15,750,000 TAO',
    nextHalvingEstimate: expect.stringMatching(/^between \w+ 20\d\d and \w+ 20\d\d \(read .+\)$/) as string,
  });
});

it('figures of the demo are called sample data, not read a moment ago', async () => {
  await core.close();
  core = await openTestCore({ now: () => clock, demo: true });
  const known = await values();
  for (const name of ['issuance', 'blockHeight', 'nextHalvingEstimate', 'subnetCount'])
    expect(known[name], name).toMatch(/\(sample data\)$/);
});

it('numbers follow the reader’s language', async () => {
  const known = await values('de');
  expect(known['issuance']).toMatch(/^11\.759\.300 TAO/);
  expect(known['price']).toMatch(/^250,28/);
});

describe('what is unknown is absent', () => {
  it('no price was ever received', async () => {
    await core.close();
    core = await openTestCore({ now: () => clock, settings: { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' } });
    expect(Object.keys(await values()).toSorted()).toEqual(OF_CHAIN.toSorted());
  });

  it('no chain was ever reached', async () => {
    await core.close();
    core = await openTestCore({ now: () => clock, settings: { SUBTENSOR_RPC_URL: 'http://127.0.0.1:9' } });
    expect(Object.keys(await values()).toSorted()).toEqual(OF_PRICE.toSorted());
  });

  it('all TAO is issued: there is no next halving', async () => {
    await core.close();
    core = await openTestCore({ now: () => clock, settings: { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' } });
    core.subtensor.world.emission = 0n;
    core.subtensor.world.extraIssuance = (21_000_000n - 11_597_600n) * 1_000_000_000n;
    clock += 60 * MINUTE; // the reading of the start may have been of the time before
    const known = await values();
    expect(known['issuance']).toMatch(/^21,000,000 TAO/);
    expect(Object.keys(known)).not.toContain('nextHalvingEstimate');
    expect(Object.keys(known)).not.toContain('nextHalvingThreshold');
  });
});

describe('a price source that falls silent', () => {
  beforeEach(async () => {
    await values();
    core.gecko.fault = { kind: 'status', status: 503 };
  });

  it('after half an hour the price says that it is delayed', async () => {
    clock += 30 * MINUTE;
    const known = await values();
    expect(known['price']).toMatch(/^\$250\.28 \(CoinGecko, delayed, 3\d min ago\)$/);
    expect(known['change24h']).toMatch(/delayed/);
  });

  it('after a day there is no change any more: it would be read as today’s', async () => {
    clock += 26 * 60 * MINUTE;
    const known = await values();
    expect(known['price']).toMatch(/^\$250\.28 \(CoinGecko, old data, .+\)$/);
    expect(Object.keys(known)).not.toContain('change24h');
  });
});

describe('the subnet market in answers', () => {
  let stage: SubnetStage;
  afterEach(() => stage.close());

  it('says how many there are, what a new one costs and how long it is protected, as the chain says it now', async () => {
    stage = await openStage();
    stage.world.immunityBlocks = 432_000;
    await stage.minutes(1);
    expect(await stage.words('/faq How many subnets are there?')).toMatch(
      /^.*\n+Right now 128 \(read \d+ s ago\), not/,
    );
    const create = await stage.words('/faq How do I create my own subnet and what does it cost?');
    expect(create).toMatch(/right now for 962\.89 TAO \(read \d+ s ago\)\. The price doubles/);
    expect(create).toMatch(/Protection from registration on: 432,000 blocks, about 60 days \(read/);
    expect(create).not.toMatch(/460|864,000/);
  });

  it('falls back to what was true on a date', async () => {
    stage = await openStage({ minutes: 0 });
    stage.node.fault = { kind: 'status', status: 502 };
    expect(await stage.words('/faq How many subnets are there?')).toMatch(/\n128, not counting .+ as of October 2026/);
    const create = await stage.words('/faq How do I create my own subnet and what does it cost?');
    expect(create).toMatch(/about 460 to 1,000 TAO from July to October 2026 \(reported\)\. The price doubles/);
    expect(create).toMatch(/Protection: 864,000 blocks, about four months from registration on/);
  });

  it('does not say a price of yesterday', async () => {
    stage = await openStage();
    stage.node.fault = { kind: 'status', status: 502 };
    stage.clock.advance(25 * 60 * MINUTE);
    expect(await stage.words('/faq How do I create my own subnet and what does it cost?')).toContain('460 to 1,000');
  });
});
