// What is told besides prices: moves, records, subnets, the halving.
import { afterEach, describe, expect, it } from 'vitest';
import type { SubnetSnapshot } from '../../src/chain/subnets/port.ts';
import { type AlertStage, ASKER, openAlertStage, START, wish } from './stage.ts';
import { HOUR, MINUTE } from '../../src/base/clock.ts';

let stage: AlertStage;
afterEach(() => stage.close());

async function opened(): Promise<AlertStage> {
  stage = await openAlertStage();
  await stage.price(START, 280);
  return stage;
}

describe('other conditions', () => {
  it('a move over an hour, in its direction', async () => {
    await opened();
    await stage.alerts.create(
      wish({ condition: { kind: 'move', percent: 5, direction: 'down', window: '1h' } }),
      ASKER,
    );
    await stage.price(START + MINUTE, { price: 279, change1h: 6 });
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, { price: 265, change1h: -5.4 });
    expect(stage.texts()[0]).toContain('▼ −5.40% in 1 h');
  });

  it('a move that leaps by more than 15 points must be seen twice', async () => {
    await opened();
    stage.said.set('bittensor usd', { price: 280, change24h: 1 });
    await stage.at(START + 1_000);
    const condition = { kind: 'move', percent: 20, direction: 'either', window: '24h' } as const;
    await stage.alerts.create(wish({ condition }), ASKER);
    await stage.price(START + MINUTE, { price: 281, change24h: -98 });
    await stage.price(START + 2 * MINUTE, { price: 281, change24h: 1.4 });
    await stage.price(START + 3 * MINUTE, { price: 281, change24h: 60 });
    await stage.price(START + 4 * MINUTE, { price: 281, change24h: -60 });
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 5 * MINUTE, { price: 282, change24h: -59 });
    expect(stage.texts()[0]).toContain('▼ −59.00% in 24 h');
  });

  it('a record that the price is far from is not believed, and forgotten', async () => {
    await opened();
    stage.said.set('bittensor usd', { price: 280, ath: 757 });
    await stage.at(START + 1_000);
    await stage.alerts.create(wish({ condition: { kind: 'ath' } }), ASKER);
    await stage.price(START + MINUTE, { price: 281, ath: 75_700 });
    await stage.price(START + 2 * MINUTE, { price: 281, ath: 75_700 });
    expect(stage.texts()).toEqual([]);
    for (const [nth, price] of [320, 365, 415, 475, 545, 620, 710].entries())
      await stage.price(START + (3 + nth) * MINUTE, { price, ath: 757 });
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 20 * MINUTE, { price: 758, ath: 758 });
    expect(stage.texts()).toHaveLength(1);
  });

  it('a record, also one that was only high between two readings', async () => {
    await opened();
    stage.said.set('bittensor usd', { price: 280, ath: 290 });
    await stage.alerts.create(wish({ condition: { kind: 'ath' }, repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, { price: 289, ath: 290 });
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, { price: 288, ath: 291 });
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 2 * HOUR, { price: 292, ath: 292 });
    expect(stage.texts()).toHaveLength(1); // one rise is one record
  });

  it('subnets: next to be removed, emission switched, a new one, the price of one; each once', async () => {
    await opened();
    stage.subnets((all) => all);
    const [first] = await subnetsOf();
    const target = { kind: 'subnet', netuid: first?.netuid ?? 0, registeredAt: first?.registeredAtBlock ?? 0 } as const;
    const about = { target, label: 'SN', currency: 'tao', repeat: 'once' } as const;
    stage.subnets((all) => ({
      ...all,
      subnets: all.subnets.map((one) => ({
        ...one,
        removalRank: one.netuid === target.netuid ? 5 : 9,
        emissionOn: true,
      })),
    }));
    await stage.alerts.create(wish({ ...about, condition: { kind: 'removal' } }), ASKER);
    await stage.alerts.create(wish({ ...about, condition: { kind: 'emission' } }), ASKER);
    const network = { target: { kind: 'network' }, label: 'Bittensor', currency: 'tao' } as const;
    await stage.alerts.create(wish({ ...network, condition: { kind: 'new' } }), ASKER);
    await stage.alerts.create(wish({ ...network, condition: { kind: 'cost', price: 800 } }), ASKER);
    await stage.at(START + MINUTE);
    expect(stage.texts()).toEqual([]);
    stage.subnets((all) => ({
      ...all,
      subnets: [
        ...all.subnets.map((one) =>
          one.netuid === target.netuid ? { ...one, removalRank: 1, emissionOn: false } : one,
        ),
        { ...all.subnets[0]!, netuid: 127, registeredAtBlock: 99_999_999 },
      ],
      network: { ...all.network, registrationCostTao: 790 },
      blockAt: START + 2 * MINUTE,
    }));
    await later(2 * MINUTE);
    await later(3 * MINUTE);
    const texts = stage.texts().join('\n');
    for (const words of [
      'is next in line for removal',
      'was switched off',
      'A new subnet was registered',
      'A new subnet costs 790.00 TAO',
    ])
      expect(texts).toContain(words);
    expect(stage.texts()).toHaveLength(4);
  });

  it('what the chain said more than 15 minutes ago is told to nobody', async () => {
    await opened();
    stage.subnets((all) => all);
    const network = { target: { kind: 'network' }, label: 'Bittensor', currency: 'tao' } as const;
    await stage.alerts.create(wish({ ...network, condition: { kind: 'cost', price: 800 } }), ASKER);
    const cheap = (all: SubnetSnapshot) => ({ ...all, network: { ...all.network, registrationCostTao: 790 } });
    await stage.at(START + MINUTE);
    stage.subnets(cheap);
    await stage.at(START + 17 * MINUTE);
    expect(await stage.alerts.history(ASKER, 10)).toEqual([]);
    stage.subnets(cheap);
    await stage.at(START + 17 * MINUTE + 1_000);
    expect(stage.texts()).toHaveLength(1);
  });

  it('a subnet whose registration cannot be read just now is not gone', async () => {
    await opened();
    stage.subnets((all) => all);
    const [first] = await subnetsOf();
    const target = { kind: 'subnet', netuid: first?.netuid ?? 0, registeredAt: first?.registeredAtBlock ?? 0 } as const;
    await stage.alerts.create(wish({ target, label: 'SN', currency: 'tao', condition: { kind: 'removed' } }), ASKER);
    stage.subnets((all) => ({
      ...all,
      subnets: all.subnets.map((one) => (one.netuid === target.netuid ? { ...one, registeredAtBlock: null } : one)),
    }));
    await later(MINUTE);
    expect(await stage.alerts.history(ASKER, 10)).toEqual([]);
  });

  it('the price of a subnet in dollars is as old as the older of its two parts', async () => {
    await opened();
    stage.subnets((all) => all);
    const [first] = await subnetsOf();
    const target = { kind: 'subnet', netuid: first?.netuid ?? 0, registeredAt: first?.registeredAtBlock ?? 0 } as const;
    const priced = (priceTao: number) => (all: SubnetSnapshot) => ({
      ...all,
      subnets: all.subnets.map((one) => (one.netuid === target.netuid ? { ...one, priceTao } : one)),
    });
    stage.subnets(priced(0.1));
    await stage.alerts.create(wish({ target, label: 'SN', condition: { kind: 'above', price: 30 } }), ASKER);
    stage.said.set('bittensor usd', { price: 280, at: START + MINUTE });
    await stage.at(START + MINUTE);
    await stage.at(START + 2 * MINUTE);
    stage.subnets(priced(0.11));
    await stage.at(START + 2 * MINUTE + 1_000);
    expect((await stage.alerts.history(ASKER, 10)).find(({ kind }) => kind === 'crossed')?.at).toBe(START + MINUTE);
  });

  it('a subnet that is gone, and the marks on the way to the halving', async () => {
    await opened();
    stage.subnets((all) => all);
    const [first] = await subnetsOf();
    const target = { kind: 'subnet', netuid: first?.netuid ?? 0, registeredAt: first?.registeredAtBlock ?? 0 } as const;
    await stage.alerts.create(wish({ target, label: 'SN', currency: 'tao', condition: { kind: 'removed' } }), ASKER);
    await stage.alerts.create(
      wish({
        target: { kind: 'network' },
        label: 'Bittensor',
        currency: 'tao',
        condition: { kind: 'halving' },
        repeat: 'always',
      }),
      ASKER,
    );
    stage.issue(15_225_001);
    stage.subnets((all) => ({
      ...all,
      subnets: all.subnets.map((one) => (one.netuid === target.netuid ? { ...one, registeredAtBlock: 99 } : one)),
    }));
    await later(MINUTE);
    expect(stage.texts().map((text) => text.split('\n')[1])).toEqual(
      expect.arrayContaining([
        'SN was removed from the network.',
        expect.stringContaining('of the way to the next halving'),
      ]),
    );
    stage.issue(15_750_001);
    await later(2 * HOUR);
    expect(stage.texts().at(-1)).toContain('The halving has happened');
  });
});

async function subnetsOf() {
  let found: readonly { netuid: number; registeredAtBlock: number | null }[] = [];
  stage.subnets((all) => {
    found = all.subnets;
    return all;
  });
  return found;
}

/** The chain moves on, too. */
async function later(ms: number): Promise<void> {
  await stage.at(START + ms);
  stage.subnets((all) => all);
  await stage.at(START + ms + 1_000);
}
