// Channels that refuse posts, are gone or archived: what becomes of their digests, who is told, and that the neighbours go on.
import { describe, expect, it } from 'vitest';
import type { PostFault } from '../../fakes/platform.ts';
import { createStage, type Virtual } from '../../digests/virtual.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

const stage = createStage();
const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };
const faultIn = (channel: string, fault: PostFault) => (asked: string) => (asked === channel ? fault : {});

/** Whoever made the digests. */
const OWNER = 'user:u1';
const ASKER = { platform: 'discord', tenant: 't1', channel: 'c1', userId: 'u1' };

describe('channels that refuse', () => {
  it.each([
    [{ reason: 'gone' }, 'gone', 2, 'dead', 1],
    [{ reason: 'gone', detail: 'server' }, 'gone:server', 2, 'dead', 1],
    [{ reason: 'forbidden' }, 'forbidden', 1, 'suspended', 3],
    [{ reason: 'forbidden', detail: 'thread' }, 'forbidden:thread', 1, 'suspended', 3],
    [{ reason: 'blocked' }, 'blocked', 1, 'suspended', 3],
    [{ reason: 'closed-dm' }, 'closed-dm', 1, 'dead', 3],
    [{ reason: 'other' }, 'other:x1', 1, 'suspended', 3],
  ] as const)(
    '%j, kept as %s: %i request(s) a day, %s after %i day(s); the neighbours go on',
    async (meaning, kept, requests, status, days) => {
      const refuse = { status: 403, code: 'x1', ...meaning };
      const virtual = await stage({ platform: { fault: faultIn('c1', { refuse }) } });
      for (let index = 0; index < 4; index++) await virtual.add(index, daily);
      for (let day = 0; day < 5; day++) {
        await virtual.at(NINE + day * DAY + 1000);
        await virtual.at(NINE + day * DAY + 61 * MINUTE);
      }
      expect(virtual.platform.requests.filter((request) => request.channel === 'c1')).toHaveLength(requests * days);
      expect((await virtual.row(1)).status).toBe(status);
      expect((await virtual.row(1)).last_error).toBe(kept);
      expect(virtual.platform.posts.filter(({ channel }) => channel !== OWNER)).toHaveLength(15);
      expect(virtual.platform.posts.filter(({ channel }) => channel === OWNER)).toHaveLength(1); // told once
      expect(await virtual.engine.digests.notices(ASKER)).toEqual([]);
    },
  );

  it('an archived channel is suspended at once, and comes back by an event, by hand, or by the weekly probe', async () => {
    const refused = new Set(['c0', 'c1', 'c2']);
    const virtual = await stage({
      name: 'slack',
      platform: {
        fault: (channel) => (refused.has(channel) ? { refuse: { status: 403, code: 'x1', reason: 'archived' } } : {}),
      },
    });
    for (let index = 0; index < 3; index++) await virtual.add(index, { ...daily, tenant: 't0' });
    await virtual.at(NINE + 1000);
    for (let index = 0; index < 3; index++) expect((await virtual.row(index)).status).toBe('suspended');
    refused.clear();
    expect(await virtual.engine.revive({ platform: 'slack', tenant: 't0', channel: 'c0' })).toBe(1);
    await virtual.engine.digests.resume('s00001', { platform: 'slack', tenant: 't0', channel: 'c1', userId: 'u1' });
    await virtual.until(NINE + DAY + 1000, 6 * HOUR);
    await virtual.at(NINE + DAY + 1000);
    expect(
      virtual.platform.posts
        .map((post) => post.channel)
        .filter((channel) => channel !== OWNER)
        .sort(),
    ).toEqual(['c0', 'c1']);
    await virtual.until(NINE + 8 * DAY + 1000, 6 * HOUR);
    expect((await virtual.row(2)).status).toBe('active');
    expect(virtual.platform.posts.some((post) => post.channel === 'c2')).toBe(true);
  });

  it('a channel or server that the platform reports as gone is not asked at all', async () => {
    const virtual = await stage();
    for (let index = 0; index < 3; index++) await virtual.add(index, { ...daily, tenant: 't0' });
    expect(await virtual.engine.retire({ platform: 'discord', tenant: 't0', channel: 'c1' }, 'gone')).toBe(1);
    await virtual.at(NINE + 1000);
    expect(virtual.platform.requests).toHaveLength(2);
    expect((await virtual.row(1)).status).toBe('dead');
  });

  it('many refusals slow down only the channels that did not work last time', async () => {
    const virtual = await stage({
      platform: {
        fault: (channel) =>
          Number(channel.slice(1)) < 360 ? { refuse: { status: 403, code: 'x1', reason: 'forbidden' } } : {},
      },
    });
    for (let index = 0; index < 400; index++)
      await virtual.add(index, { ...daily, ...(index >= 360 ? { last_sent_at: NINE - DAY } : {}) });
    await virtual.at(NINE + 1000);
    expect(virtual.platform.posts).toHaveLength(40);
    const refused = virtual.platform.requests.length - 40;
    expect(refused).toBeGreaterThanOrEqual(200);
    expect(refused).toBeLessThanOrEqual(200 + 15 + 64); // the limit, a minute's trickle, and what was under way
  });

  it('what a bot kept back by itself was refused by nobody, and slows nobody down', async () => {
    const virtual = await stage({
      platform: {
        fault: (channel) =>
          Number(channel.slice(1)) < 360 ? { refuse: { status: 429, code: 'held-back', retryAfterMs: HOUR } } : {},
      },
    });
    for (let index = 0; index < 400; index++) await virtual.add(index, daily);
    await virtual.at(NINE + 1000);
    expect(virtual.platform.posts).toHaveLength(40);
  });
});

describe('whoever made a digest that stopped', () => {
  const archived: PostFault = { refuse: { status: 403, code: 'x1', reason: 'archived' } };
  const told = (virtual: Virtual) => virtual.platform.posts.filter(({ channel }) => channel === OWNER).length;

  it('is written to once, however often it is tried again in vain, and once more when it is retired', async () => {
    const virtual = await stage({ platform: { fault: faultIn('c1', archived) } });
    await virtual.add(1, daily);
    await virtual.at(NINE + 1000);
    expect(told(virtual)).toBe(1);
    await virtual.until(NINE + 20 * DAY, 6 * HOUR); // two weekly probes
    expect((await virtual.row(1)).status).toBe('suspended');
    expect(virtual.platform.requests.filter(({ channel }) => channel === 'c1').length).toBeGreaterThan(1);
    expect(told(virtual)).toBe(1);
    await virtual.until(NINE + 45 * DAY, 6 * HOUR);
    expect((await virtual.row(1)).status).toBe('dead');
    expect(told(virtual)).toBe(2);
  });

  it('hears of it with the next command where direct messages are closed', async () => {
    const closed: PostFault = { refuse: { status: 403, code: '50007', reason: 'closed-dm' } };
    const virtual = await stage({
      platform: { fault: (channel) => (channel === 'c1' ? archived : channel === OWNER ? closed : {}) },
    });
    await virtual.add(1, daily);
    await virtual.at(NINE + 1000);
    await virtual.until(NINE + 2 * DAY, 6 * HOUR);
    expect(virtual.platform.requests.filter(({ channel }) => channel === OWNER)).toHaveLength(1);
    expect((await virtual.engine.digests.notices(ASKER)).map(({ id }) => id)).toEqual(['s00001']);
    expect(await virtual.engine.digests.notices(ASKER)).toEqual([]);
  });

  it('who had their name deleted is nobody to write to', async () => {
    const virtual = await stage({ platform: { fault: faultIn('c1', archived) } });
    await virtual.add(1, { ...daily, owner: '' }); // what `/privacy delete` leaves of a digest
    await virtual.at(NINE + 1000);
    expect((await virtual.row(1)).status).toBe('suspended');
    expect(virtual.platform.requests.map(({ channel }) => channel)).toEqual(['c1']);
  });

  it('is not told by a later command that it stopped when it runs again by then', async () => {
    const virtual = await stage({
      platform: { fault: faultIn(OWNER, { refuse: { status: 403, code: '50007', reason: 'closed-dm' } }) },
    });
    await virtual.add(1, { ...daily, next_at: NINE + DAY });
    virtual.clock.now = NINE;
    const place = { platform: 'discord', tenant: 't1', channel: 'c1' };
    await virtual.engine.suspend(place, 'archived');
    await virtual.at(NINE + 1000);
    expect(await virtual.engine.revive(place)).toBe(1);
    expect(await virtual.engine.digests.notices(ASKER)).toEqual([]);
  });

  it('is not written to when they heard of it already, it runs again, or the bot was removed', async () => {
    const virtual = await stage();
    for (let index = 1; index <= 3; index++) await virtual.add(index, { ...daily, tenant: 't1', next_at: NINE + DAY });
    virtual.clock.now = NINE;
    const place = { platform: 'discord', tenant: 't1' };
    await virtual.engine.suspend({ ...place, channel: 'c1' }, 'archived');
    expect(await virtual.engine.digests.notices(ASKER)).toHaveLength(1);
    await virtual.engine.suspend({ ...place, channel: 'c2' }, 'archived');
    await virtual.engine.revive({ ...place, channel: 'c2' });
    await virtual.engine.retire(place, 'uninstalled');
    await virtual.at(NINE + 1000);
    expect(told(virtual)).toBe(0);
  });
});
