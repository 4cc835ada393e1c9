// The first word in a server: once, only for a real join, only where the bot may write; every button of it leads to a card.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDiscordBot } from '../../../../src/bots/discord/bot.ts';
import { createJoins } from '../../../../src/bots/discord/receive/joins.ts';
import type { SeenKeys } from '../../../../src/bots/platform.ts';
import { createInbox } from '../../../../src/store/inbox/inbox.ts';
import { createLog } from '../../../../src/base/log.ts';
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { lookAt } from '../../../fakes/discord/look.ts';
import { flatten } from '../../../fakes/discord/rest/check.ts';
import { botOptions, type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';

/** The clock of Discord and of the bot stands still here. */
const NOW = Date.parse('2026-11-28T12:00:00Z');

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene({ discord: { now: () => NOW } });
});
afterAll(() => scene.close());

const joined = (ago: number) => ({
  id: GUILD,
  system_channel_id: CHANNEL,
  joined_at: new Date(NOW - ago).toISOString(),
});
const greetings = () => scene.discord.messages(CHANNEL);

it('a real join is greeted once, also by two processes', async () => {
  const { discord, core } = scene;
  const second = createDiscordBot(botOptions(core, discord));
  await second.start();
  await discord.until(() => second.health().connected, 'second process connected');
  discord.gateway.event('GUILD_CREATE', joined(1000), true);
  await discord.until(() => greetings().length > 0, 'greeting');
  await second.stop();
  discord.gateway.event('GUILD_CREATE', joined(2000), true); // to every open session, and the second process is gone
  const asked = discord.interact({ command: 'help', toAll: true });
  await discord.answered(asked);
  expect(greetings().filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
  expect(lookAt(greetings()[0]?.body ?? {}).text).toContain('Hi, I am taobot');
});

it('each button is answered to whoever pressed, and the greeting stays', async () => {
  const { discord } = scene;
  const [greeting] = greetings();
  if (greeting === undefined) throw new Error('no greeting');
  const ids = flatten(greeting.body.components ?? []).flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  expect(ids).toHaveLength(3);
  for (const button of ids) {
    const pressed = discord.interact({ button, on: greeting, permissions: MANAGE_CHANNELS, toAll: true });
    await discord.until(() => discord.messages('0').some(({ interactionId }) => interactionId === pressed.id), button);
  }
  expect(greeting.edits).toBe(0);
});

const log = createLog({ level: 'silent', secrets: [], write: () => undefined });

function joinsWith(bits: bigint, sent: string[], seenKeys: SeenKeys = { seen: () => Promise.resolve(false) }) {
  return createJoins({
    seenKeys,
    rights: { ofSelf: () => Promise.resolve({ bits, type: 0 }) },
    self: () => '1',
    greet: (channel) => Promise.resolve({ kind: 'sent', messageId: `${sent.push(channel)}` }),
    log,
    now: () => NOW,
  });
}

it('the database remembers it: not again after a restart', async () => {
  const sent: string[] = [];
  const data = { ...joined(0), id: '700000000000000077' };
  for (let start = 1; start <= 2; start++) {
    const inbox = createInbox(scene.core.database, scene.core.now);
    await joinsWith(3072n, sent, inbox).take('GUILD_CREATE', data);
  }
  expect(sent).toEqual([CHANNEL]);
});

it.each([
  ['a reconnect brings old servers again', joined(7_200_000), 3072n],
  ['a server that is out of reach', { ...joined(0), unavailable: true }, 3072n],
  ['no system channel', { ...joined(0), system_channel_id: null }, 3072n],
  ['no right to write', joined(0), 1024n],
  ['no right to see', joined(0), 2048n],
])('silence: %s', async (_why, data, bits) => {
  const sent: string[] = [];
  await joinsWith(bits, sent).take('GUILD_CREATE', data);
  expect(sent).toEqual([]);
  await joinsWith(3072n, sent).take('GUILD_CREATE', joined(0));
  expect(sent).toEqual([CHANNEL]);
});
