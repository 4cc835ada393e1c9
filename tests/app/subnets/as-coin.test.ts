// Subnets where coins stand: compared, drawn, priced in lists and digests; in TAO among themselves, by way of TAO otherwise.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { createComplete } from '../../../src/app/input/autocomplete.ts';
import { assetQuotes } from '../../../src/app/subnets/as-coin.ts';
import { find, openStage, recordPast, type SubnetStage } from './scene.ts';

let stage: SubnetStage;
beforeAll(async () => {
  stage = await openStage({ minutes: 0 });
  await recordPast(stage, 30);
  stage.world.subnet(64).name = 'Chutes';
  await stage.minutes(6);
});
afterAll(() => stage.close());

describe('/compare', () => {
  it('subnets alone: in TAO, by their own readings', async () => {
    const card = await stage.ask('/compare sn64 sn4 24h');
    expect(card).toMatchObject({ outcome: 'ok', title: 'SN64 vs SN4' });
    const words = plainText(card);
    expect(words).toMatch(/SN64 \| ▲ \+0\.7\d% \| 0\.008400 TAO \| ▲ \+0\.73% \| 42,\d{3}\.\d\d TAO/);
    expect(words).toMatch(/Comparison, past 24 hours: Chutes \(SN64\) up 0\.7\d%/);
  });

  it('beside a coin: the price in TAO times the price of TAO, both sources named', async () => {
    const card = await stage.ask('/compare sn64 tao 24h');
    const words = plainText(card);
    expect(words).toMatch(/SN64 \| [▲▼][^|]+ \| \$2\.10 \| [▲▼][^|]+ \| \$10\.5M/);
    expect(words).toMatch(/TAO \| [▲▼][^|]+ \| \$250\.28/);
    expect(words).toContain('Subnets: the price in TAO by the Bittensor chain, times the price of TAO.');
    const [own, tao] = find(card, 'chart')[0]?.chart.series ?? [];
    const last = (points: readonly (readonly [number, number])[] = []) => points.at(-1)?.[1] ?? 0;
    expect(last(own?.points)).toBeGreaterThan(last(tao?.points)); // the subnet gained on TAO
  });

  it('a number that is not there: no figure, and the reason is no coin', async () => {
    expect(await stage.words('/compare sn64 sn400')).toMatch(/SN400 \| – \| – \| – \| –/);
    expect(await stage.words('/compare sn64 tao 1y')).toContain('No history in this range for SN64.');
  });
});

describe('/chart, /price and /coin', () => {
  it('a chart in TAO, with the ranges that there are', async () => {
    const card = await stage.ask('/chart subnet 64 24h');
    expect(plainText(card)).toMatch(/Chutes \(SN64\) price in TAO, past 24 hours: 0\.008400 TAO/);
    expect(find(card, 'buttons')[0]?.buttons.map(({ label }) => label)).toEqual(['24h', '7d', '30d', '90d']);
  });

  it('in a currency when one is named', async () => {
    expect(await stage.words('/chart sn64 24h eur')).toMatch(/Chutes \(SN64\) price in EUR/);
  });

  it('lines of prices beside coins', async () => {
    const words = await stage.words('/price sn64 tao sn400');
    expect(words).toMatch(/SN64 {2}\$2\.10 {2}[▲▼] .*\(24 h\) {2}updated \d+ s ago/);
    expect(words).toMatch(/SN400 {2}price unavailable: there is no subnet 400/);
  });

  it('/coin sn64 is the card of the subnet', async () => {
    expect((await stage.ask('/coin sn64')).kind).toBe('subnet');
  });
});

describe('a figure by way of TAO', () => {
  it('is as old as the older of its two sources, and unknown without TAO', async () => {
    const quote = (await assetQuotes(stage.core.services, ['sn64'], 'usd')).get('sn64').quote;
    const tao = (await stage.core.services.market.quotes(['bittensor'], 'usd')).get('bittensor').quote;
    const { snapshot } = await stage.subnets.snapshot();
    expect(quote?.at).toBe(Math.min(tao?.at ?? 0, snapshot?.blockAt ?? 0));
    expect(quote?.price).toBeCloseTo((tao?.price ?? 0) * 0.0084, 2);
    const blind = await openStage({ settings: { COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' } });
    expect(await blind.words('/price sn64')).toMatch(/SN64 {2}price unavailable: TAO: CoinGecko/);
    await blind.close();
  });
});

it('choices while somebody types: by number and name, and among coins once the short form is written', async () => {
  const complete = createComplete(stage.core.services);
  const names = async (type: 'subnet' | 'coin' | 'coins', text: string) =>
    (await complete({ command: 'any', arg: 'any', type, text, place: { tenant: '-', channel: '-' } })).map(
      ({ name }) => name,
    );
  expect(await names('subnet', 'chu')).toEqual(['SN64 · Chutes']);
  expect((await names('subnet', '6'))[0]).toMatch(/^SN6 · /);
  expect((await names('coin', 'sn64'))[0]).toBe('SN64 · Chutes');
  expect(await names('coins', 'tao, sn64')).toContain('TAO, SN64 · Chutes');
  expect((await stage.ask('/subnet Subnet name 63')).title).toBe('Subnet name 63 (SN63)');
  expect((await stage.ask('/subnet SN64 · Chutes')).title).toBe('Chutes (SN64)');
});
