// Posts that fail: unclear ones, poisoned rows, a broken template, a bad token; the others never suffer.
import { describe, expect, it } from 'vitest';
import type { PostFault } from '../../fakes/platform.ts';
import { createStage } from '../../digests/virtual.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';

const stage = createStage();
const NINE = Date.parse('2026-11-23T09:00:00Z');
const daily = { local_time: '09:00', next_at: NINE, after_at: NINE - DAY };
const lostOnce = (kind: '502' | 'reset' | 'hang') => {
  const seen = new Set<string>();
  return (channel: string): PostFault => (seen.has(channel) ? {} : (seen.add(channel), { lost: kind }));
};

describe('an answer that is lost after the post', () => {
  it.each(['502', 'reset', 'hang'] as const)(
    '%s: Discord gets the same key and body again, nobody sees two',
    async (kind) => {
      const virtual = await stage({ platform: { fault: lostOnce(kind) }, timeoutMs: 800 });
      for (let index = 0; index < 3; index++) await virtual.add(index, daily);
      await virtual.at(NINE + 100);
      expect((await virtual.engine.totals()).ambiguous).toBe(3);
      await virtual.until(NINE + 15_000, 3000);
      expect(virtual.platform.posts).toHaveLength(3);
      expect((await virtual.engine.totals()).sent).toBe(3);
    },
  );

  it('Discord: after the time of the key it looks into the history', async () => {
    const virtual = await stage({ platform: { keyWindowMs: 1, fault: lostOnce('502') } });
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    await virtual.restart();
    await virtual.at(NINE + 10 * MINUTE);
    expect(virtual.platform.posts).toHaveLength(1);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'sent:found': 1 });
  });

  it.each([
    [true, 1, {}],
    [false, 2, { 'sent:resent': 1 }],
  ] as const)('Slack: with history %s, %i post(s)', async (history, posts, reasons) => {
    const virtual = await stage({ name: 'slack', platform: { keyWindowMs: 0, history, fault: lostOnce('reset') } });
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    await virtual.at(NINE + 30_000);
    expect(virtual.platform.requests).toHaveLength(1); // a late commit may still come: too early to look
    await virtual.at(NINE + 61_000);
    expect(virtual.platform.posts).toHaveLength(posts);
    expect((await virtual.engine.totals()).reasons).toEqual(history ? { 'sent:found': 1 } : reasons);
  });

  it('Slack without history: never more than one repeat', async () => {
    const virtual = await stage({
      name: 'slack',
      platform: { keyWindowMs: 0, history: false, fault: () => ({ lost: '502' }) },
    });
    await virtual.add(0, daily);
    await virtual.until(NINE + 6 * MINUTE, 20_000);
    expect(virtual.platform.posts).toHaveLength(2);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'ambiguous:unclear': 1 });
  });
});

describe('a long outage in which every post is made and every answer is lost', () => {
  it('Discord without history: one repeat beyond the time of the key, however often it is tried', async () => {
    const virtual = await stage({ platform: { history: false, fault: () => ({ lost: '502' }) } });
    await virtual.add(0, daily);
    await virtual.until(NINE + 3 * HOUR, 30_000);
    expect(virtual.platform.posts.length).toBeLessThanOrEqual(2);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'ambiguous:unclear': 1 });
  });
});

describe('a post that is certainly not made', () => {
  it('is tried again after the wait that was asked for, and skipped when its time is over', async () => {
    let refuse = true;
    const virtual = await stage({
      platform: { fault: () => (refuse ? { refuse: { status: 429, code: '429', retryAfterMs: 90_000 } } : {}) },
    });
    await virtual.add(0, daily);
    await virtual.at(NINE + 100);
    await virtual.at(NINE + 60_000);
    expect(virtual.platform.requests).toHaveLength(1);
    refuse = false;
    await virtual.at(NINE + 91_000);
    expect(virtual.platform.posts).toHaveLength(1);
    refuse = true;
    await virtual.until(NINE + DAY + 4 * HOUR, 20 * MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'skipped:expired': 1 });
  });
});

describe('poison', () => {
  it('damaged rows are set aside or given up; the others are on time', async () => {
    const virtual = await stage({ failRender: (order) => order.coins.includes('poison') });
    const spec = JSON.stringify({ coins: ['poison'], currency: 'usd', locale: 'en', replace: false });
    for (let index = 0; index < 20; index++) await virtual.add(index, daily);
    await virtual.add(20, { ...daily, zone: 'Mars/Phobos' });
    await virtual.add(21, { ...daily, spec: '{broken' });
    await virtual.add(22, { ...daily, spec });
    await virtual.add(23, { ...daily, days: 'someday' });
    await virtual.add(24, { ...daily, local_time: '99:99' });
    const digests = () => virtual.platform.posts.filter(({ channel }) => channel !== 'user:u1');
    await virtual.at(NINE + 1000);
    expect(digests()).toHaveLength(20);
    await virtual.until(NINE + 5 * MINUTE, MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'dead:render': 1 });
    for (const index of [20, 23, 24]) expect((await virtual.row(index)).last_error).toBe('bad-schedule');
    expect((await virtual.row(21)).last_error).toBe('unreadable');
    await virtual.at(NINE + DAY + 1000);
    expect(digests()).toHaveLength(40);
  });

  it('a row that is damaged while its post is in doubt keeps no other from being marked', async () => {
    const virtual = await stage({ platform: { keyWindowMs: 1, fault: lostOnce('502') } });
    for (let index = 0; index < 3; index++) await virtual.add(index, daily);
    await virtual.at(NINE + 100);
    await virtual.database.sql
      .updateTable('subscription')
      .set({ spec: '{broken' })
      .where('id', '=', 's00001')
      .execute();
    await virtual.at(NINE + 10 * MINUTE);
    expect((await virtual.engine.totals()).reasons).toEqual({ 'sent:found': 3 });
    expect(virtual.platform.posts).toHaveLength(3);
  });

  it('a template that is refused everywhere stops the run after 20 and says so once', async () => {
    const virtual = await stage({ platform: { fault: () => ({ refuse: { status: 400, code: 'x1' } }) } });
    for (let index = 0; index < 200; index++) await virtual.add(index, daily);
    await virtual.at(NINE + 1000);
    expect(virtual.platform.requests.length).toBeLessThanOrEqual(20 + 64);
    expect(virtual.logs.filter((line) => line.level === 'error')).toHaveLength(1);
  });

  it("what one server's posts are refused for holds up nobody else", async () => {
    const broken = (channel: string) => Number(channel.slice(1)) < 30;
    const virtual = await stage({
      platform: {
        fault: (channel) =>
          broken(channel) ? { refuse: { status: 400, code: 'x1', reason: 'too-large' } } : { delayMs: 2 },
      },
      sendRules: { inFlight: 2, claim: 10 },
    });
    const long = JSON.stringify({ coins: ['bittensor', 'near'], currency: 'usd', locale: 'en', replace: false });
    for (let index = 0; index < 30; index++) await virtual.add(index, { ...daily, tenant: 't-broken', spec: long });
    for (let index = 30; index < 60; index++) await virtual.add(index, { ...daily, tenant: `t${index}` });
    await virtual.at(NINE + 1000);
    expect(virtual.platform.posts).toHaveLength(30);
    expect(virtual.platform.requests.length - 30).toBeLessThanOrEqual(20 + 2);
    expect(virtual.logs.filter((line) => line.level === 'error')).toHaveLength(1);
    await virtual.until(NINE + 20 * MINUTE, MINUTE); // it rests for a while, not for ever
    expect((await virtual.engine.totals()).dead).toBe(30);
  });

  it('channels that are gone are held against nobody', async () => {
    const virtual = await stage({
      platform: {
        fault: (channel) =>
          Number(channel.slice(1)) < 300 ? { refuse: { status: 404, code: 'x1', reason: 'gone' } } : {},
      },
    });
    for (let index = 0; index < 340; index++) await virtual.add(index, daily);
    await virtual.at(NINE + 1000);
    expect(virtual.platform.requests).toHaveLength(340);
    expect(virtual.platform.posts).toHaveLength(40);
  });

  it('a refused token stops the platform at once; the rows wait and go out when it works again', async () => {
    let refuse = true;
    const virtual = await stage({
      platform: { fault: () => (refuse ? { refuse: { status: 401, code: '401' } } : {}) },
    });
    for (let index = 0; index < 200; index++) await virtual.add(index, daily);
    await virtual.at(NINE + 1000);
    expect(virtual.platform.requests.length).toBeLessThanOrEqual(64 + 1);
    await virtual.at(NINE + 2 * MINUTE);
    expect(virtual.platform.requests.length).toBeLessThanOrEqual(64 + 1);
    refuse = false;
    await virtual.until(NINE + 20 * MINUTE, MINUTE);
    expect(virtual.platform.posts).toHaveLength(200);
  });
});
