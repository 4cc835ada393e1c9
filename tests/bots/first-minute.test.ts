// A newcomer's first minute on each platform: greeted, "hi", a price, a question, and a morning post by menus until it runs; no dead end on the way.
import { expect, it } from 'vitest';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../fakes/discord/events.ts';
import type { FakeMessage } from '../fakes/discord/state.ts';
import type { FakeMessage as SlackMessage } from '../fakes/slack/state.ts';
import { openBothBots } from './both-bots.ts';
import { idsOf, replyTo, textOf } from './discord/people.ts';
import { openChat } from './terminal/typed-chat.ts';

const both = openBothBots({ slack: { admins: ['U0NEW'], zones: { U0NEW: 'America/New_York' } } });

/** What is said, and what the answer must hold. */
const TALK: readonly (readonly [string, string])[] = [
  ['hi', 'Hi, I am taobot'],
  ["what's the price of tao", '$250.28'],
  ['what is a subnet', 'subnet'],
];
/** Words of the trade that a newcomer has not been told, and machinery. */
const UNEXPLAINED = /\b(?:UTC offset|IANA|locale|invocation|ledger|draft|emission|undefined|null)\b|\{\{/i;

const running = async (platform: string, zone: string, time: string) => {
  const rows = await both.discord.core.database.sql.selectFrom('subscription').selectAll().execute();
  return rows.some(
    (row) => row.platform === platform && row.zone === zone && row.local_time === time && row.status === 'active',
  );
};

it('Discord', async () => {
  const { discord: fake } = both.discord;
  const joined = { id: GUILD, system_channel_id: CHANNEL, joined_at: new Date(fake.now()).toISOString() };
  fake.gateway.event('GUILD_CREATE', joined, true);
  await fake.until(() => fake.messages(CHANNEL).length > 0, 'greeting');
  const [greeting] = fake.messages(CHANNEL);
  if (greeting === undefined) throw new Error('no greeting');
  for (const [words, expected] of TALK) {
    const reply = await replyTo(both.discord, { content: `<@${fake.botId}> ${words}` });
    expect(textOf(reply)).toContain(expected);
    expect(idsOf(reply?.body ?? {}), words).not.toEqual([]);
  }
  const by = { id: '730000000000000001', permissions: MANAGE_CHANNELS, locale: 'de' };
  const idOf = (message: FakeMessage, part: string) =>
    idsOf(message.body).find((id) => id.startsWith(part)) ?? `no ${part}`;
  const opened = fake.interact({ button: idOf(greeting, 'digest setup'), on: greeting, ...by });
  const own = () => fake.messages('0').find(({ interactionId }) => interactionId === opened.id);
  await fake.until(() => own() !== undefined, 'menus');
  const form = own();
  if (form === undefined) throw new Error('no menus');
  expect(form.ephemeral).toBe(true);
  expect(textOf(form)).toContain('I guessed Berlin from your language.');
  expect(textOf(form)).not.toMatch(UNEXPLAINED);
  const choose = async (wish: { button: string } | { menu: string }, seen: string) => {
    fake.interact({ ...wish, on: form, ...by });
    await fake.until(() => textOf(form).includes(seen), seen);
    expect(textOf(form)).not.toMatch(UNEXPLAINED);
  };
  await choose({ menu: idOf(form, 'digest setup?time=08:00') }, '08:00');
  await choose({ menu: idOf(form, 'digest setup?time=08:00&timezone=Europe%2FParis') }, 'Paris');
  await choose({ menu: idOf(form, 'digest setup?time=08:00&timezone=Europe%2FParis&coins=bittensor,bitcoin') }, 'BTC');
  await choose({ button: idOf(form, 'digest create?') }, 'Preview');
  await choose({ button: idOf(form, 'digest setup?time=') }, 'Set up a morning post');
  expect(textOf(form)).toContain('08:00 Paris time'); // Change keeps what was chosen
  await choose({ button: idOf(form, 'digest create?') }, 'Preview');
  await choose({ button: idOf(form, 'digest create?time=08:00&confirm=') }, 'Digest started');
  expect(await running('discord', 'Europe/Paris', '08:00')).toBe(true);
  await choose({ button: idOf(form, 'digest delete?') }, 'Digest deleted');
  expect(await running('discord', 'Europe/Paris', '08:00')).toBe(false);
  await choose({ button: idOf(form, 'digest resume?') }, 'Digest resumed');
  expect(await running('discord', 'Europe/Paris', '08:00')).toBe(true);
  expect(greeting.edits).toBe(0);
  expect(fake.state.refusals).toEqual([]);
});

it('Slack', async () => {
  const { slack: fake } = both.slack;
  const user = 'U0NEW';
  const home = () => JSON.stringify(fake.space.views.get(user) ?? '');
  await fake.home(user);
  await fake.until(() => home().includes('Hi, I am taobot'));
  for (const label of ['TAO now', 'Set up a morning post', 'What can you do?']) expect(home()).toContain(label);
  let count = 0;
  const next = async () => {
    const messages = await fake.waitFor(++count);
    const [message] = messages.slice(-1);
    if (message === undefined) throw new Error('no answer');
    return message;
  };
  for (const [words, expected] of TALK) {
    await fake.dm(words, { user });
    const answer = await next();
    expect(answer.text).toContain(expected);
    expect(JSON.stringify(answer.blocks), words).toContain('"actions"');
  }
  const where = { user, channel: 'C0GENERAL' };
  await fake.slash('/digest', '', where);
  await fake.press(await next(), 'Set up a morning post', where);
  const form = (): SlackMessage => {
    const message = fake.messages().findLast(({ ephemeralFor }) => ephemeralFor === user);
    if (message === undefined) throw new Error('no answer of their own');
    return message;
  };
  const seen = async (words: string) => {
    await fake.until(() => form().text.includes(words));
    expect(form().text).not.toMatch(UNEXPLAINED);
  };
  await seen('New York is the time zone of your profile.');
  await fake.pick(form(), '07:00', where);
  await seen('07:00 New York time');
  await fake.pick(form(), 'Tokyo', where);
  await seen('07:00 Tokyo time');
  await fake.pick(form(), 'TAO, BTC, ETH', where);
  await seen('week of TAO, BTC, ETH');
  await fake.press(form(), 'Preview and start', where);
  await seen('Preview');
  await fake.press(form(), 'Start', where);
  await seen('Digest started');
  expect(await running('slack', 'Asia/Tokyo', '07:00')).toBe(true);
  expect(fake.space.problems).toEqual([]);
});

it('terminal', async () => {
  const { core } = both.discord;
  const chat = openChat({ dispatch: core.dispatch, vocabulary: vocabularyOf(core.services), log: core.log });
  const { bot, say } = chat;
  /** The number of a choice as it stands before its name. */
  const press = (card: string, label: string) => say(new RegExp(`(\\d+) ${label}`).exec(card)?.[1] ?? `no ${label}`);
  await bot.start();
  expect(chat.printed).toContain('/help');
  for (const [words, expected] of TALK) expect(await say(words)).toContain(expected);
  const form = await press(await say('how do i set up a daily digest'), 'Set up a morning post');
  expect(form).not.toMatch(UNEXPLAINED);
  const timed = await press(form, '07:00');
  const zoned = await press(timed, 'Tokyo');
  expect(zoned).toContain('07:00 Tokyo time');
  const preview = await press(zoned, 'Preview and start');
  expect(await press(preview, 'Cancel')).toContain('nothing will be posted');
  const again = await press(
    await press(await press(await say('/digest setup'), '07:00'), 'Tokyo'),
    'Preview and start',
  );
  expect(await press(again, 'Start')).toContain('Digest started');
  expect(await running('terminal', 'Asia/Tokyo', '07:00')).toBe(true);
  await bot.stop();
});
