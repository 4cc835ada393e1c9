// `/ticker` in Discord: rights are looked at before anything is promised, the status is renewed every five minutes, and it ends with its channel.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GUILD, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { BITS } from '../../../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import { ask, idsOf, replyTo, slash, textOf } from '../people.ts';
import { HOUR, MINUTE } from '../../../../src/base/clock.ts';

const VOICE = '750000000000000001';
const OTHER = '750000000000000002';
const MANAGER = { permissions: MANAGE_CHANNELS };
const NEEDED = BITS.connect | BITS.manageChannels | BITS.setVoiceChannelStatus;
/** What everybody holds in a new server, as far as it matters here. */
const EVERYBODY = BITS.viewChannel | BITS.sendMessages | BITS.connect;
/** "22 Nov 2026, 10:00 UTC". */
const MOMENT = String.raw`\d+ \w+ 20\d\d, \d\d:\d\d UTC`;

let scene: DiscordScene;
let clock: number;
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 22, 10);
  scene = await openDiscordScene({ now: () => clock });
  for (const id of [VOICE, OTHER]) voice(id, NEEDED);
});
afterEach(() => scene.close());

/** A voice channel in which the bot holds these rights. */
function voice(id: string, bits: bigint): void {
  const own = { id: scene.discord.botId, type: 1, allow: String(bits), deny: '0' } as const;
  scene.discord.world.channels.set(id, { id, type: 2, guild_id: GUILD, name: 'lounge', permission_overwrites: [own] });
}
const written = () => scene.discord.state.voiceStatuses;
const rows = () => scene.core.database.sql.selectFrom('ticker').selectAll().execute();
const set = (id = VOICE, options: Record<string, string> = {}, by: object = MANAGER) =>
  slash(scene, 'ticker set', { channel: { channel: id, permissions: MANAGE_CHANNELS }, ...options }, by);
async function later(ms: number): Promise<number> {
  clock += ms;
  await scene.core.tickers.tick();
  return written().length;
}

it('shows the price with its moment under the channel, privately confirmed', async () => {
  const { message } = await set();
  expect(message?.ephemeral).toBe(true);
  expect(textOf(message)).toMatch(new RegExp(`<#${VOICE}> shows .*TAO \\$250\\.28 ▲ 3\\.6%`));
  expect(written()).toEqual([
    { channel: VOICE, status: expect.any(String) as string, at: expect.any(Number) as number },
  ]);
  expect(written()[0]?.status).toMatch(new RegExp(`^TAO \\$250\\.28 ▲ 3\\.6% · ${MOMENT}$`));
  expect(await rows()).toMatchObject([{ tenant: GUILD, channel: VOICE, coin: 'bittensor', refused: 0 }]);
  await set(VOICE, { coin: 'near' });
  expect(written()[1]?.status).toMatch(/^NEAR \$/);
  expect(await rows()).toHaveLength(1);
});

it('names the rights that are missing, and promises nothing', async () => {
  voice(VOICE, BITS.manageChannels);
  expect(textOf((await set()).message)).toContain('I need Connect and Set Voice Channel Status in "lounge".');
  voice(VOICE, 0n);
  scene.discord.world.deny(VOICE, BITS.viewChannel);
  expect(textOf((await set()).message)).toContain('View Channel, Connect, Manage Channels');
  const text = { id: '710000000000000009', type: 0, guild_id: GUILD, name: 'talk' };
  scene.discord.world.channels.set(text.id, text);
  expect(textOf((await set(text.id)).message)).toContain('"talk" is not a voice channel.');
  scene.discord.world.guilds.set('7001', { id: '7001', owner_id: '1', roles: [{ id: '7001', permissions: '8' }] });
  scene.discord.world.channels.set('7002', { id: '7002', type: 2, guild_id: '7001', name: 'elsewhere' });
  expect(textOf((await set('7002')).message)).toContain('cannot find that channel');
  expect(textOf((await set(OTHER, {}, {})).message)).toContain('Not allowed');
  expect(textOf((await set(OTHER, { coin: 'sn64' })).message)).toContain('A ticker shows a coin');
  expect([written(), await rows()]).toEqual([[], []]);
  expect(scene.discord.state.refusals).toEqual([]);
});

it('is renewed every five minutes, by one process, and waits six hours after a refusal', async () => {
  await set();
  expect(await later(5 * MINUTE - 1)).toBe(1);
  expect(await later(10_000)).toBe(2);
  expect(await later(4 * MINUTE)).toBe(2);
  expect(written()[1]?.status).toMatch(/^TAO \$/);
  scene.discord.world.deny(VOICE, BITS.setVoiceChannelStatus);
  const calls = () => scene.discord.count('PUT', /voice-status/);
  const before = calls();
  await later(MINUTE);
  expect(calls()).toBe(before + 1);
  expect(await rows()).toMatchObject([{ refused: 1 }]);
  await later(5 * HOUR);
  expect(calls()).toBe(before + 1);
  voice(VOICE, NEEDED);
  scene.discord.gateway.event('GUILD_ROLE_UPDATE', { guild_id: GUILD, role: {} }, true);
  await expect.poll(async () => (await rows())[0]?.next_at).toBeLessThanOrEqual(clock);
  expect(await later(10_000)).toBe(3);
  expect(await rows()).toMatchObject([{ refused: 0 }]);
});

it('ends with its channel and with its server', async () => {
  await set();
  await set(OTHER);
  expect(await rows()).toHaveLength(2);
  scene.discord.gateway.event('CHANNEL_DELETE', { id: VOICE, guild_id: GUILD, type: 2 }, true);
  await expect.poll(async () => (await rows()).map(({ channel }) => channel)).toEqual([OTHER]);
  scene.discord.world.channels.delete(OTHER); // deleted while nobody listened
  await later(6 * MINUTE);
  expect(await rows()).toEqual([]);
  await set();
  scene.discord.gateway.event('GUILD_DELETE', { id: GUILD }, true);
  await expect.poll(rows).toEqual([]);
});

it('is taken away: the only one, or the one that is chosen', async () => {
  scene.discord.world.guilds.set(GUILD, {
    id: GUILD,
    owner_id: '1',
    roles: [{ id: GUILD, permissions: String(EVERYBODY | BITS.manageChannels) }],
  });
  expect(textOf((await slash(scene, 'ticker clear', {}, MANAGER)).message)).toContain('No ticker here');
  await set();
  await set(OTHER);
  const { message } = await slash(scene, 'ticker clear', {}, MANAGER);
  if (message === null) throw new Error('no answer');
  expect(textOf(message)).toContain(`2. <#${OTHER}>`);
  await ask(scene, { button: idsOf(message.body)[1] ?? '', on: message, ...MANAGER });
  expect(written().at(-1)).toMatchObject({ channel: OTHER, status: null });
  await slash(scene, 'ticker clear', {}, MANAGER);
  expect(written().at(-1)).toMatchObject({ channel: VOICE, status: null });
  expect(await rows()).toEqual([]);
});

it('that Discord does not take away just now stays, which is said, and goes with the next try', async () => {
  scene.discord.world.guilds.set(GUILD, {
    id: GUILD,
    owner_id: '1',
    roles: [{ id: GUILD, permissions: String(EVERYBODY | BITS.manageChannels) }],
  });
  await set();
  let away = true;
  scene.discord.faults.push(({ path }) =>
    away && path.endsWith('/voice-status') ? { answer: { status: 503 } } : undefined,
  );
  expect(textOf((await slash(scene, 'ticker clear', {}, MANAGER)).message)).toContain('try again');
  expect(await rows()).toHaveLength(1);
  away = false;
  await slash(scene, 'ticker clear', {}, MANAGER);
  expect(written().at(-1)).toMatchObject({ channel: VOICE, status: null });
  expect(await rows()).toEqual([]);
});

it('can be set in words by whoever manages that channel', async () => {
  const say = async (roles: string[]) =>
    textOf(await replyTo(scene, { content: `<@${scene.discord.botId}> ticker set <#${VOICE}> near`, roles }));
  expect(await say([])).toContain('Not allowed');
  scene.discord.world.guilds.set(GUILD, {
    id: GUILD,
    owner_id: '1',
    roles: [
      { id: GUILD, permissions: String(EVERYBODY) },
      { id: '42', permissions: MANAGE_CHANNELS },
    ],
  });
  const open = scene.discord.world.channels.get(VOICE);
  if (open === undefined) throw new Error('no voice channel');
  const closed = { id: '42', type: 0, allow: '0', deny: String(BITS.manageChannels) } as const;
  scene.discord.world.channels.set(VOICE, {
    ...open,
    permission_overwrites: [...(open.permission_overwrites ?? []), closed],
  });
  expect(await say(['42'])).toContain('Not allowed'); // there, though they manage the channel in which they write
  scene.discord.world.channels.set(VOICE, open);
  expect(await say(['42'])).toContain('shows');
  expect(written()).toMatchObject([{ channel: VOICE, status: expect.stringContaining('NEAR') as string }]);
});

it('is of Discord only: other platforms say so, and do not list it', async () => {
  const { dispatch } = scene.core;
  const request = { args: {}, locale: 'en', via: 'text', place: { tenant: 'T', channel: 'C' } } as const;
  for (const platform of ['slack', 'terminal', 'web'] as const) {
    const on = { ...request, platform, user: { id: 'u', canManage: true } };
    expect(JSON.stringify(await dispatch({ ...on, command: 'ticker set' }))).toContain('works in Discord servers only');
    expect(JSON.stringify(await dispatch({ ...on, command: 'help' }))).not.toContain('ticker');
  }
});

it('a server has five at most; the sixth says how to make room, and another coin takes no room', async () => {
  const ids = Array.from({ length: 6 }, (_, index) => `75000000000000001${index}`);
  for (const id of ids) voice(id, NEEDED);
  for (const id of ids.slice(0, 5)) expect(textOf((await set(id)).message)).toContain('Ticker set');
  expect(textOf((await set(ids[5])).message)).toContain('A server can have 5 tickers. Take one away with ');
  expect(textOf((await set(ids[0], { coin: 'near' })).message)).toContain('Ticker set');
  expect(written().at(-1)).toMatchObject({ channel: ids[0], status: expect.stringMatching(/^NEAR /) as string });
  const coinOf = new Map((await rows()).map(({ channel, coin }) => [channel, coin]));
  expect(ids.map((id) => coinOf.get(id))).toEqual(['near', ...Array.from({ length: 4 }, () => 'bittensor'), undefined]);
});

it('what stands there already is not written again: each writing is an entry in the audit log of the server', async () => {
  await set();
  await set();
  expect(written()).toHaveLength(1);
  await later(5 * MINUTE + 10_000);
  expect(written()).toHaveLength(2);
  await set(VOICE, { coin: 'near' });
  expect(written()).toHaveLength(3);
});

it('ends after a week of refusals, and not a day earlier', async () => {
  await set();
  scene.discord.world.deny(VOICE, BITS.setVoiceChannelStatus);
  await later(6 * MINUTE);
  for (let refusals = 1; refusals < 27; refusals++) await later(6 * HOUR);
  expect(await rows()).toMatchObject([{ refused: 27 }]);
  await later(6 * HOUR);
  expect(await rows()).toEqual([]);
  expect(written()).toHaveLength(1);
});

it('goes on when the clock of the machine was set back', async () => {
  await set();
  clock -= 3 * HOUR;
  expect(await later(0)).toBe(2);
  expect(await rows()).toMatchObject([{ next_at: clock + 5 * MINUTE, refused: 0 }]);
});
