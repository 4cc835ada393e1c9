// Servers and channels that go, and rights that come back: what Discord's events do to digests and alerts, and that nothing of them is kept.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { BITS } from '../../../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import { ask, idsOf, slash, somebody, textOf } from '../people.ts';

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
});
beforeEach(async () => {
  scene.discord.world.deny(CHANNEL, 0n);
  for (const table of ['subscription', 'alert'] as const) await scene.core.database.sql.deleteFrom(table).execute();
});
afterAll(() => scene.close());

const MANAGER = { permissions: MANAGE_CHANNELS };

async function digest(): Promise<string> {
  const { message } = await slash(scene, 'digest create', { time: '09:00', timezone: 'UTC' }, MANAGER);
  if (message === null) throw new Error('no preview');
  const button = idsOf(message.body).find((id) => id.includes('confirm=')) ?? '';
  const asked = scene.discord.interact({ button, on: message, id: somebody(), ...MANAGER });
  await scene.discord.until(() => !Number.isNaN(asked.answerMs), 'confirmation');
  await becomes('active');
  return /confirm=(\w+)/.exec(button)?.[1] ?? '';
}

const sql = () => scene.core.database.sql;
const statuses = async () => (await sql().selectFrom('subscription').select(['status', 'last_error']).execute())[0];

async function becomes(status: string): Promise<void> {
  await expect.poll(async () => (await statuses())?.status).toBe(status);
}

const suspend = () =>
  sql().updateTable('subscription').set({ status: 'suspended', next_at: null, last_error: 'forbidden' }).execute();

it.each([
  ['the server', 'GUILD_DELETE', { id: GUILD }, 'uninstalled'],
  ['the channel', 'CHANNEL_DELETE', { id: CHANNEL, guild_id: GUILD, type: 0 }, 'gone'],
  ['the thread', 'THREAD_DELETE', { id: CHANNEL, guild_id: GUILD, type: 11 }, 'gone'],
])('%s is gone: its digest is retired at once, and its alert', async (_what, name, data, reason) => {
  await digest();
  await slash(
    scene,
    'alert create',
    { condition: 'above 900', target: 'tao', channel: { channel: CHANNEL, permissions: MANAGE_CHANNELS } },
    MANAGER,
  );
  scene.discord.gateway.event(name, data);
  await becomes('dead');
  expect((await statuses())?.last_error).toBe(reason);
  const alerts = async () => (await sql().selectFrom('alert').select('status').execute()).map(({ status }) => status);
  await expect.poll(alerts).toEqual(['stopped']);
});

const OTHER = String(BigInt(CHANNEL) + 1n);

it.each([
  ['its own channel', CHANNEL, {}, 'cannot find that channel'],
  ['another channel', OTHER, { channel: { channel: OTHER, permissions: MANAGE_CHANNELS } }, 'Not allowed here'],
])('%s is deleted between preview and confirmation: nothing is started', async (_what, channel, where, words) => {
  const { message } = await slash(scene, 'digest create', { time: '09:00', timezone: 'UTC', ...where }, MANAGER);
  if (message === null) throw new Error('no preview');
  scene.discord.state.badChannels.set(channel, { status: 404, code: 10_003 });
  scene.discord.gateway.event('CHANNEL_DELETE', { id: channel, guild_id: GUILD, type: 0 });
  const button = idsOf(message.body).find((id) => id.includes('confirm=')) ?? '';
  const { message: answer, followUps } = await ask(scene, { button, on: message, ...MANAGER });
  scene.discord.state.badChannels.delete(channel);
  expect(textOf(followUps[0] ?? answer)).toContain(words);
  expect((await statuses())?.status).not.toBe('active');
});

it('ends nothing where a server is only out of reach, or another channel is deleted', async () => {
  await digest();
  scene.discord.gateway.event('GUILD_DELETE', { id: GUILD, unavailable: true });
  scene.discord.gateway.event('CHANNEL_DELETE', { id: '99', guild_id: GUILD, type: 0 });
  scene.discord.gateway.event('CHANNEL_DELETE', { id: CHANNEL, type: 1 }); // a direct conversation
  await slash(scene, 'help'); // after these
  expect((await statuses())?.status).toBe('active');
});

it.each([
  ['the channel changes', 'CHANNEL_UPDATE', { id: CHANNEL, guild_id: GUILD }],
  ['a thread is reopened', 'THREAD_UPDATE', { id: CHANNEL, guild_id: GUILD }],
  ['a role changes', 'GUILD_ROLE_UPDATE', { guild_id: GUILD, role: { id: '42' } }],
])('a stopped digest goes on when %s, once the bot may post again', async (_what, name, data) => {
  await digest();
  await suspend();
  scene.discord.world.deny(CHANNEL, BITS.sendMessages);
  const looks = () =>
    scene.discord.state.calls.filter(({ path }) => path.endsWith(`/members/${scene.discord.botId}`)).length;
  const before = looks();
  scene.discord.gateway.event(name, data);
  await scene.discord.until(() => looks() > before, 'the look at its rights');
  expect((await statuses())?.status).toBe('suspended');
  scene.discord.world.deny(CHANNEL, 0n);
  scene.discord.gateway.event(name, data);
  await becomes('active');
});

it('takes changed roles of its own for rights that may be back, and nobody else’s', async () => {
  await digest();
  await suspend();
  scene.discord.gateway.event('GUILD_MEMBER_UPDATE', { guild_id: GUILD, user: { id: '5' }, roles: [] });
  await slash(scene, 'help'); // after that
  expect((await statuses())?.status).toBe('suspended');
  scene.discord.gateway.event('GUILD_MEMBER_UPDATE', { guild_id: GUILD, user: { id: scene.discord.botId }, roles: [] });
  await becomes('active');
});
