// What people are told of their alerts: once, in time, and never because of a wrong number.
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertStage, ASKER, MINUTE, openAlertStage, START, wish } from './stage.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
let stage: AlertStage;
afterEach(() => stage.close());

async function opened(options: Parameters<typeof openAlertStage>[0] = {}): Promise<AlertStage> {
  stage = await openAlertStage(options);
  await stage.price(START, 280);
  return stage;
}

describe('a price', () => {
  it('is told once when it is reached, to the person, with target, value and moment', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 299);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, 301.2);
    expect(stage.channels()).toEqual(['user:u1']);
    expect(stage.texts()[0]).toContain('TAO rose above $300.00: $301.20');
    await stage.price(START + 3 * MINUTE, 250);
    await stage.price(START + 2 * HOUR, 320);
    expect(stage.texts()).toHaveLength(1);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ status: 'done', toldAt: START + 2 * MINUTE });
  });

  it('that wobbles around the target is told once, and again only after it went back by 1 % and an hour passed', async () => {
    await opened();
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    for (const [minute, price] of [301, 299.5, 300.5, 298, 302].entries())
      await stage.price(START + (minute + 1) * MINUTE, price);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 10 * MINUTE, 296.9);
    await stage.price(START + 11 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 62 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(2);
  });

  it('that moves on by 5 % without going back is told again', async () => {
    await opened();
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 300);
    await stage.price(START + 2 * HOUR, 314);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 3 * HOUR, 315);
    expect(stage.texts()).toHaveLength(2);
  });

  it('that is beyond the target when the alert is made is told the next time', async () => {
    await opened();
    await stage.alerts.create(wish({ condition: { kind: 'above', price: 270 } }), ASKER);
    await stage.price(START + MINUTE, 281);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * MINUTE, 265);
    await stage.price(START + 3 * MINUTE, 271);
    expect(stage.texts()).toHaveLength(1);
  });

  it('is reached from the side on which it lies', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish({ condition: { kind: 'reaches', price: 250 } }), ASKER);
    expect(alert.condition).toEqual({ kind: 'below', price: 250 });
  });

  it.each([
    ['is being checked', { price: 500, checking: true }],
    ['is older than 15 minutes', { price: 500, at: START - 16 * MINUTE }],
  ])('that %s tells nothing', async (_, saying) => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, saying);
    await stage.price(START + 2 * MINUTE, saying);
    expect(stage.texts()).toEqual([]);
  });

  it('that jumps by more than 15 %, or comes from another source, must be seen twice', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 400);
    await stage.price(START + 2 * MINUTE, 281);
    await stage.price(START + 3 * MINUTE, { price: 305, source: 'kraken' });
    await stage.price(START + 4 * MINUTE, 282);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 5 * MINUTE, 400);
    await stage.price(START + 6 * MINUTE, 402);
    expect(stage.texts()).toHaveLength(1);
  });
});

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

describe('whom and when', () => {
  it('a closed direct message is told in the channel where the alert was made, mentioning its owner', async () => {
    await opened({
      platform: {
        fault: (channel) =>
          channel.startsWith('user:') ? { refuse: { status: 403, code: '50007', reason: 'closed-dm' } } : {},
      },
    });
    await stage.alerts.create(wish(), ASKER);
    await stage.price(START + MINUTE, 301);
    await stage.at(START + 2 * MINUTE);
    expect(stage.channels()).toEqual(['c1']);
    expect(await stage.alerts.notices(ASKER)).toEqual([]);
  });

  it('an alert that cannot be delivered stops and says so once with the next command', async () => {
    await opened({ platform: { fault: () => ({ refuse: { status: 403, code: '50013', reason: 'forbidden' } }) } });
    await stage.alerts.create(wish({ channel: 'c9' }), ASKER);
    await stage.price(START + MINUTE, 301);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({
      status: 'stopped',
      trouble: expect.stringContaining('I may not post'),
    });
    expect(await stage.alerts.notices(ASKER)).toHaveLength(1);
    expect(await stage.alerts.notices(ASKER)).toEqual([]);
  });

  it('the hour between two tellings begins with a delivery, not with a crossing', async () => {
    let away = true;
    await opened({
      platform: { fault: () => (away ? { refuse: { status: 429, code: 'limited', retryAfterMs: 20 * MINUTE } } : {}) },
    });
    await stage.alerts.create(wish({ repeat: 'always' }), ASKER);
    await stage.price(START + MINUTE, 301);
    away = false;
    await stage.price(START + 30 * MINUTE, 295);
    expect(stage.texts()).toEqual([]);
    expect((await stage.alerts.list(ASKER))[0]?.toldAt).toBeNull();
    await stage.price(START + 31 * MINUTE, 301);
    expect(stage.texts()).toHaveLength(1);
    await stage.price(START + 33 * MINUTE, 302);
    expect((await stage.alerts.list(ASKER))[0]).toMatchObject({ missed: 1, toldAt: START + 31 * MINUTE });
  });

  it('a snoozed alert is silent and tells what still holds when it wakes', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish(), ASKER);
    await stage.alerts.snooze(alert.id, ASKER, HOUR);
    await stage.price(START + MINUTE, 301);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 61 * MINUTE, 302);
    expect(stage.texts()).toHaveLength(1);
  });

  it('the end is said three days before, and an extended alert goes on', async () => {
    await opened();
    const { alert } = await stage.alerts.create(wish({ days: 5 }), ASKER);
    await stage.price(START + DAY, 281);
    expect(stage.texts()).toEqual([]);
    await stage.price(START + 2 * DAY + MINUTE, 281);
    expect(stage.texts()[0]).toContain('An alert ends soon');
    await stage.price(START + 3 * DAY, 281);
    expect(stage.texts()).toHaveLength(1);
    await stage.alerts.extend(alert.id, ASKER, 30);
    await stage.price(START + 10 * DAY, 281);
    await stage.price(START + 10 * DAY + MINUTE, 301);
    expect(stage.texts().at(-1)).toContain('rose above');
  });

  it('an expired alert tells nothing', async () => {
    await opened();
    await stage.alerts.create(wish({ days: 1 }), ASKER);
    await stage.price(START + DAY + MINUTE, 301);
    expect(stage.texts()).toEqual([]);
    expect((await stage.alerts.list(ASKER))[0]?.status).toBe('expired');
  });
});

describe('after a time away', () => {
  it('a crossing of the last minutes is told with its own moment, an older one is noted as missed', async () => {
    await opened();
    await stage.alerts.create(wish(), ASKER);
    await stage.alerts.create(wish({ condition: { kind: 'below', price: 260 } }), ASKER);
    await stage.price(START + MINUTE, 281);
    await stage.restart();
    stage.past.push([START + 2 * HOUR, 255], [START + 3 * HOUR, 280], [START + 5 * HOUR - 10 * MINUTE, 301]);
    await stage.price(START + 5 * HOUR, 290);
    expect(stage.texts()).toHaveLength(1);
    expect(stage.texts()[0]).toContain('rose above $300.00: $301.00');
    expect(stage.texts()[0]).toContain('told 10 min later');
    const states = (await stage.alerts.list(ASKER)).map(({ status, missed }) => `${status}, ${missed} missed`);
    expect(states.toSorted()).toEqual(['active, 1 missed', 'done, 0 missed']);
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
