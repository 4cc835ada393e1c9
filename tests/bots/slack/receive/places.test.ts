// Channels and workspaces that go, close and come back: what Slack's events do to digests.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Bot } from '../../../../src/bots/bot.ts';
import { placeEvents } from '../../../../src/wiring/place-events.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  const bots = new Map<string, Bot>();
  core = await openTestCore({ bots });
  const places = placeEvents('slack', core, core.log);
  scene = await openScene(core, { fake: { admins: ['U0ADMIN'] }, bot: { places } });
  bots.set('slack', scene.bot);
});
afterAll(async () => {
  await scene.close();
  await core.close();
});

const CHANNEL = 'C0NEWS';
let id = '';
beforeEach(async () => {
  await core.database.sql.deleteFrom('subscription').execute();
  const asker = { platform: 'slack', tenant: scene.slack.team, channel: CHANNEL, userId: 'U0ALICE' };
  const wish = { time: '09:00', zone: 'UTC', days: undefined, coins: ['bittensor'], currency: 'usd', locale: 'en' };
  ({ id } = await core.services.digests.draft({ ...wish, replace: false, subnets: false, channel: undefined }, asker));
  await core.services.digests.confirm(id, asker);
});

const row = async () => {
  const { status, last_error: reason } = await core.database.sql
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return status === 'active' ? status : `${status}: ${reason}`;
};
const happens = (type: string, more: Record<string, unknown> = {}) =>
  scene.slack.event({ type, channel: CHANNEL, event_ts: scene.slack.space.nextTs(), ...more });

it.each(['channel_deleted', 'group_deleted'])('%s: the digest is retired at once', async (type) => {
  await happens(type, { channel: 'C0OTHER' });
  await happens(type);
  await expect.poll(row).toBe('dead: gone');
});

it.each([
  ['channel_archive', 'archived', 'channel_unarchive', {}],
  ['group_archive', 'archived', 'group_unarchive', {}],
  ['channel_left', 'forbidden:not-member', 'member_joined_channel', { user: 'bot' }],
  ['group_left', 'forbidden:not-member', 'member_joined_channel', { user: 'bot' }],
  ['member_left_channel', 'forbidden:not-member', 'member_joined_channel', { user: 'bot' }],
] as const)('%s: the digest is stopped at once (%s), and goes on after %s', async (closes, reason, opens, whose) => {
  const user = (who: string | undefined) => (who === undefined ? {} : { user: scene.slack.botUser });
  await happens(closes, { user: scene.slack.botUser });
  await expect.poll(row).toBe(`suspended: ${reason}`);
  await happens(opens, user('user' in whose ? whose.user : undefined));
  await expect.poll(row).toBe('active');
});

it('lets people come and go', async () => {
  await happens('member_left_channel', { user: 'U0ALICE' });
  await happens('channel_archive', { channel: 'C0OTHER' });
  await happens('channel_archive'); // after these
  await expect.poll(row).toBe('suspended: archived');
  await happens('member_joined_channel', { user: 'U0ALICE' });
  await happens('channel_unarchive', { channel: 'C0OTHER' });
  await happens('channel_deleted'); // after these
  await expect.poll(row).toBe('dead: gone');
});

it.each([
  ['deleted', 'channel_deleted', 'invite me first'],
  ['archived', 'channel_archive', 'it is archived'],
] as const)(
  '%s between preview and confirmation: nothing is started, and whoever confirms reads why',
  async (fate, event, why) => {
    const { slack } = scene;
    const user = 'U0ADMIN';
    const shown = slack.messages().length;
    await slack.slash('/digest', `create 10:00 UTC near <#${CHANNEL}|news>`, { user, channel: 'C0OTHER' });
    const draft = (await slack.waitFor(shown + 1)).at(-1);
    if (draft === undefined) throw new Error('no draft');
    slack.space.closed.set(CHANNEL, fate);
    await happens(event);
    await expect.poll(row).not.toBe('active'); // of the one that runs there already
    const calls = slack.space.calls.length;
    await slack.press(draft, 'Start', { user });
    const answer = () => slack.space.calls.slice(calls).find(({ method }) => method === 'response_url');
    await slack.until(() => answer() !== undefined);
    slack.space.closed.delete(CHANNEL);
    expect(JSON.stringify(answer()?.args)).toContain(why);
    const active = core.database.sql.selectFrom('subscription').select('id').where('status', '=', 'active');
    expect(await active.execute()).toEqual([]);
  },
);

it('resumes no digest while its channel is archived', async () => {
  const asker = { platform: 'slack', tenant: scene.slack.team, channel: CHANNEL, userId: 'U0ALICE' };
  scene.slack.space.closed.set(CHANNEL, 'archived');
  await happens('channel_archive');
  await expect.poll(row).toBe('suspended: archived');
  await expect(core.services.digests.resume(id, asker)).rejects.toThrow('it is archived');
  expect(await row()).toBe('suspended: archived');
  scene.slack.space.closed.delete(CHANNEL);
  expect(await core.services.digests.resume(id, asker)).toMatchObject({ status: 'active' });
});

it('ends everything when the only workspace removed the app, not when its token was revoked', async () => {
  scene.slack.space.revoked.add(scene.slack.token);
  await happens('tokens_revoked', { tokens: { oauth: [], bot: [scene.slack.botUser] } });
  await expect.poll(() => scene.bot.health().connected).toBe(false);
  expect(await row()).toBe('active');
  await scene.slack.uninstall({});
  await expect.poll(row).toBe('dead: uninstalled');
});
