// Setting a digest up: refused where the bot cannot post, asked back where the same one is there already, shown as blocked when it becomes so.
import { afterEach, expect, it } from 'vitest';
import type { CanPost } from '../../../src/bots/bot.ts';
import { createDigests } from '../../../src/digests/engine.ts';
import type { DigestWish } from '../../../src/digests/digests.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';

const NOW = Date.parse('2026-11-23T08:00:00Z');
const asker = { platform: 'slack', tenant: 'T1', channel: 'C0GENERAL', userId: 'U1' };
const wish: DigestWish = {
  time: '09:00',
  zone: 'UTC',
  days: undefined,
  coins: ['bittensor'],
  currency: 'usd',
  locale: 'en',
  replace: false,
  subnets: false,
  channel: undefined,
};
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let database: Database | undefined;
afterEach(async () => await database?.close());

async function room(canPost?: () => Promise<CanPost>) {
  database = await openDatabase('sqlite::memory:');
  const sleep = () => Promise.resolve(); // every wait is over at once
  const { digests } = createDigests({
    database,
    now: () => NOW,
    log: silent,
    sleep: canPost === undefined ? sleep : (ms) => new Promise((resolve) => void setTimeout(resolve, ms).unref()),
    ...(canPost === undefined ? {} : { canPost }),
  });
  return { digests, sql: database.sql };
}

it('is refused with the remedy where the bot cannot post', async () => {
  const { digests, sql } = await room(() =>
    Promise.resolve({ kind: 'no', missing: [], remedy: 'Invite me first: /invite @taobot' }),
  );
  await expect(digests.draft(wish, asker)).rejects.toThrow('Invite me first: /invite @taobot');
  expect(await sql.selectFrom('subscription').select('id').execute()).toEqual([]);
});

it.each<[string, () => Promise<CanPost>]>([
  ['it can', () => Promise.resolve({ kind: 'yes' })],
  ['nobody can tell', () => Promise.resolve({ kind: 'unknown' })],
  ['asking breaks', () => Promise.reject(new Error('the platform is away'))],
  ['nobody answers', () => new Promise(() => undefined)],
])('goes on where %s', async (_why, canPost) => {
  const { digests } = await room(canPost);
  expect((await digests.draft(wish, asker)).status).toBe('draft');
});

it('asks back when the same one is there already, and only then', async () => {
  const { digests } = await room();
  const first = await digests.draft(wish, asker);
  expect(first.twin).toBeNull();
  await digests.confirm(first.id, asker);
  expect((await digests.draft({ ...wish, replace: true }, asker)).twin).toBe(first.id);
  for (const other of [{ time: '09:30' }, { currency: 'eur' }, { coins: ['near'] }, { days: ['mon'] }])
    expect((await digests.draft({ ...wish, ...other }, asker)).twin).toBeNull();
  expect((await digests.draft(wish, { ...asker, channel: 'C0OTHER' })).twin).toBeNull();
});

it('replaces no digest of another channel, server or workspace', async () => {
  const { digests } = await room();
  const foreign = [
    { ...asker, channel: 'C0OTHER' },
    { ...asker, tenant: 'T2' },
  ];
  for (const other of foreign) {
    const { id } = await digests.confirm((await digests.draft(wish, other)).id, other);
    await digests.confirm((await digests.draft(wish, asker)).id, asker, id);
    expect((await digests.find(id, other)).status).toBe('active');
  }
});

it('says why the last post was refused while it still runs', async () => {
  const { digests, sql } = await room();
  const { id } = await digests.confirm((await digests.draft(wish, asker)).id, asker);
  expect((await digests.find(id, asker)).trouble).toBeNull();
  await sql.updateTable('subscription').set({ fail_streak: 1, last_error: 'forbidden:not-member' }).execute();
  expect(await digests.find(id, asker)).toMatchObject({
    status: 'active',
    trouble: expect.stringMatching(/./) as string,
  });
});

it.each([
  ['a-new-chat', null],
  ['web', 'no-channel'],
])('on %s: every platform has channels, but for the web page', async (platform, code) => {
  const { digests } = await room();
  const outcome = await digests.draft(wish, { ...asker, platform }).then(
    () => null,
    (error: unknown) => (error as { code?: string }).code,
  );
  expect(outcome).toBe(code);
});
