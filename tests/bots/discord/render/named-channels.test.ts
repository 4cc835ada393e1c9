// Channels, servers and people are named as Discord names them to each reader, and never stand in an answer as a bare number.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { BITS } from '../../../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import type { FakeMessage } from '../../../fakes/discord/state.ts';
import { idsOf, replyTo, slash, somebody } from '../people.ts';

const OTHER = String(BigInt(CHANNEL) + 17n);
const MENTION = `<#${OTHER}>`;
const MANAGER = { permissions: MANAGE_CHANNELS };
const THERE = { channel: { channel: OTHER, permissions: MANAGE_CHANNELS } };

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
  scene.discord.world.guilds.set(GUILD, {
    id: GUILD,
    owner_id: '1',
    roles: [
      { id: GUILD, permissions: String(BITS.viewChannel | BITS.sendMessages) },
      { id: '42', permissions: MANAGE_CHANNELS },
    ],
  });
});
afterAll(() => scene.close());

const WORDS = new Set(['content', 'label', 'placeholder', 'description', 'title', 'text']);

/** Whatever a message shows as words, without what Discord's clients turn into names: https://docs.discord.com/developers/reference#message-formatting */
function words(node: unknown, key = ''): string {
  if (typeof node === 'string')
    return WORDS.has(key) ? `${node.replaceAll(/<(?:#|@[!&]?)\d+>|<\/[^:>]+:\d+>|<t:\d+(?::\w)?>/g, '')}\n` : '';
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .map(([name, value]) => words(value, Array.isArray(node) ? key : name))
    .join('');
}
const numbersIn = (message: FakeMessage | null | undefined): string[] => words(message?.body).match(/\d{15,}/g) ?? [];
const say = async (text: string) =>
  await replyTo(scene, { content: `<@${scene.discord.botId}> ${text}`, roles: ['42'] });

it('a digest and an alert of another channel: set, listed, changed', async () => {
  const owner = { ...MANAGER, roles: ['42'], id: somebody() };
  const draft = await slash(scene, 'digest create', { time: '09:00', timezone: 'UTC', coins: 'tao', ...THERE }, owner);
  const confirm = idsOf(draft.message?.body ?? {}).find((id) => id.includes('confirm=')) ?? '';
  if (draft.message === null) throw new Error('no draft');
  scene.discord.interact({ button: confirm, on: draft.message, ...owner });
  await scene.discord.until(() => words(draft.message?.body).includes('Digest started'), 'confirmation');
  const alert = { target: 'tao', condition: 'above 300', ...THERE };
  const answers = [
    draft.message,
    (await slash(scene, 'digest list', { everywhere: true }, owner)).message,
    (await slash(scene, 'alert create', alert, owner)).message,
    (await slash(scene, 'alert list', {}, owner)).message,
    await say('digest list everywhere'),
  ];
  for (const answer of answers) expect(JSON.stringify(answer?.body)).toContain(MENTION);
  expect(answers.flatMap(numbersIn)).toEqual([]);
});

it.each([
  `digest list ${MENTION}`,
  `digest create 9am ${MENTION}`,
  `alert tao above 300 in ${MENTION}`,
  `price ${MENTION}`,
  'price <@720000000000001234>',
  'coin <@&710000000000001234>',
  `what is ${MENTION}?`,
  MENTION,
])('an answer to "%s" repeats no number', async (text) => {
  expect(numbersIn(await say(text))).toEqual([]);
});

it('a refusal names the channel, or says "that channel" where Discord tells no name', async () => {
  const refused = async () =>
    (await slash(scene, 'alert create', { target: 'tao', condition: 'above 301', ...THERE }, MANAGER)).message;
  scene.discord.world.deny(OTHER, BITS.sendMessages);
  expect(words((await refused())?.body)).toContain('in #general.');
  scene.discord.world.channels.set(OTHER, { id: OTHER, type: 0, guild_id: GUILD });
  scene.discord.world.deny(OTHER, BITS.sendMessages);
  const nameless = await refused();
  expect(words(nameless?.body)).toContain('in that channel.');
  expect(numbersIn(nameless)).toEqual([]);
});

it('the message about a digest whose channel was deleted names it as a mention, in a direct message', async () => {
  const { discord, core } = scene;
  await core.deliveries.tick();
  discord.gateway.event('CHANNEL_DELETE', { id: OTHER, type: 0, guild_id: GUILD });
  const told = () => discord.messages().find(({ body }) => JSON.stringify(body).includes('Your digest stopped'));
  await expect.poll(async () => (await core.deliveries.tick(), told() !== undefined), { timeout: 20_000 }).toBe(true);
  expect(JSON.stringify(told()?.body)).toContain(MENTION);
  expect(numbersIn(told())).toEqual([]);
});
