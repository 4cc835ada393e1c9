// Where posts go: people in their direct conversation, one ping at most, and whether a channel takes posts at all.
import { expect, it } from 'vitest';
import type { FakeSlackOptions, SlackFault } from '../../../fakes/slack/slack.ts';
import { openScenes, type Scene } from '../scene.ts';
import { DIGEST, prepared, target } from './digest-post.ts';

const scenes = openScenes();
let scene: Scene;

const no = (remedy: string) => ({ kind: 'no', remedy });

it('posts to a person in the direct conversation, finds and removes it there, and opens that once', async () => {
  scene = await scenes.open();
  const since = Date.now();
  const person = target('user:U0PERSON');
  const outcome = await scene.bot.post(person, await prepared(scene.bot), 'key-1');
  await scene.bot.post(person, await prepared(scene.bot), 'key-2');
  const [message] = scene.slack.messages();
  expect(message).toMatchObject({ channel: 'DU0PERSON' });
  expect(outcome).toEqual({ kind: 'sent', messageId: message?.ts });
  expect(await scene.bot.find(person, 'key-1', since)).toEqual({ kind: 'found', messageId: message?.ts });
  await scene.bot.remove(person, message?.ts ?? '');
  expect(scene.slack.messages()).toHaveLength(1);
  expect(scene.slack.space.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
});

it.each<[string, FakeSlackOptions, SlackFault | null, string, object]>([
  ['is gone', {}, null, 'user:U0GONE', { kind: 'bad-target', code: 'user_disabled', reason: 'closed-dm' }],
  ['cannot be asked for', {}, { kind: 'reset', commit: true }, 'user:U0A', { kind: 'not-sent' }],
  ['must wait', {}, { kind: 'limited', seconds: 9 }, 'user:U0A', { kind: 'not-sent', retryAfterMs: 9000 }],
  ['was installed for without im:write', { scopes: ['chat:write'] }, null, 'user:U0A', { kind: 'sent' }],
])('tells what became of a post to a person who %s', async (_name, fake, fault, channel, expected) => {
  scene = await scenes.open({ fake });
  scene.slack.fault = ({ method }) => (method === 'conversations.open' ? fault : null);
  expect(await scene.bot.post(target(channel), await prepared(scene.bot), 'key')).toMatchObject(expected);
});

it('pings the one person whom a card names, at the beginning, and nobody else', async () => {
  scene = await scenes.open();
  const title = '<@U0OTHER> <!channel>';
  for (const mention of ['U0OWNER', '!channel', '@everyone', 'U0OWNER> <!here'])
    await scene.bot.post(target('C0AAA'), await scene.bot.prepare({ ...DIGEST, title, mention }), mention.slice(0, 9));
  const pings = scene.slack
    .messages()
    .map(({ text, blocks }) => [...(text + JSON.stringify(blocks)).matchAll(/<[@!#][^>]*>/g)]);
  expect(pings.map((found) => found.map(([ping]) => ping))).toEqual([['<@U0OWNER>', '<@U0OWNER>'], [], [], []]);
  const [pinged] = scene.slack.messages();
  expect(pinged?.text.startsWith('<@U0OWNER> ')).toBe(true);
  expect(JSON.stringify(pinged?.blocks[0])).toContain('<@U0OWNER>');
});

it.each<[string, string, FakeSlackOptions, object]>([
  ['we are in it', 'C0NEWS', {}, { kind: 'yes' }],
  ['a direct conversation', 'D0DIRECT', {}, { kind: 'yes' }],
  ['a person', 'user:U0A', {}, { kind: 'yes' }],
  ['not in it', 'C0NEWS', { outside: ['C0NEWS'] }, no('I am not in #news, so invite me first: /invite @taobot.')],
  [
    'not in it, and public posts are granted',
    'C0NEWS',
    { outside: ['C0NEWS'], scopes: ['channels:read', 'chat:write.public'] },
    { kind: 'yes' },
  ],
  [
    'private, and not in it',
    'C0NEWS',
    { outside: ['C0NEWS'], private: ['C0NEWS'] },
    no('I am not in that channel, so invite me first: /invite @taobot.'),
  ],
  ['archived', 'C0ARCHIVED', {}, no('I cannot post in #old: it is archived.')],
  [
    'restricted',
    'C0NEWS',
    { readOnly: ['C0NEWS'] },
    no('I may not post in #news: its settings restrict who posts. Ask an admin of the workspace.'),
  ],
  ['a person who is gone', 'user:U0GONE', {}, { kind: 'no' }],
  ['no scope to ask', 'C0NEWS', { scopes: ['chat:write'] }, { kind: 'unknown' }],
])('says whether posts can arrive: %s', async (_name, channel, fake, expected) => {
  scene = await scenes.open({ fake: { names: { C0NEWS: 'news', C0ARCHIVED: 'old' }, ...fake } });
  expect(await scene.bot.canPost?.(target(channel))).toMatchObject(expected);
  const sent = await scene.bot.post(target(channel), await prepared(scene.bot), 'key');
  if ('kind' in expected && expected.kind !== 'unknown') expect(sent.kind === 'sent').toBe(expected.kind === 'yes');
});

it('does not know whether posts can arrive while Slack is away', async () => {
  scene = await scenes.open();
  scene.slack.fault = () => ({ kind: 'status', status: 503, commit: false });
  expect(await scene.bot.canPost?.(target('C0NEWS'))).toEqual({ kind: 'unknown' });
});
