// Channels and people are named as Slack names them to each reader, and never stand in an answer as a bare id.
import { expect, it } from 'vitest';
import type { FakeMessage } from '../../../fakes/slack/slack.ts';
import { openScenes } from '../scene.ts';

const OTHER = 'C0OTHERROOM';
const MENTION = `<#${OTHER}>`;
const BOSS = { user: 'U0BOSS', channel: 'C0HERE' };

const scenes = openScenes();
const open = async () => (await scenes.open({ fake: { admins: ['U0BOSS'] } })).slack;

const WORDS = new Set(['text', 'alt_text', 'title', 'label', 'placeholder']);

/** Whatever a message shows as words, without what clients turn into names: https://docs.slack.dev/messaging/formatting-message-text#advanced */
function words(node: unknown, key = 'text'): string {
  if (typeof node === 'string') return WORDS.has(key) ? `${node.replaceAll(/<(?:#C|@U)[A-Z0-9]+>/g, '')}\n` : '';
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .map(([name, value]) => words(value, Array.isArray(node) ? key : name))
    .join('');
}
const idsIn = ({ text, blocks }: FakeMessage): string[] => words([text, blocks]).match(/\b[CGU]0[A-Z0-9]{3,}\b/g) ?? [];
const newest = async (slack: Awaited<ReturnType<typeof open>>, ask: () => Promise<unknown>): Promise<FakeMessage> => {
  const before = slack.messages().length;
  await ask();
  await slack.until(() => slack.messages().length > before);
  const last = slack.messages().at(-1);
  if (last === undefined) throw new Error('no answer');
  return last;
};

it('a digest and an alert of another channel: set and listed', async () => {
  const slack = await open();
  const draft = await newest(slack, () => slack.slash('/digest', `create 09:00 UTC tao <#${OTHER}|other>`, BOSS));
  await slack.press(draft, 'Start', BOSS);
  await slack.until(() => JSON.stringify(slack.messages()).includes('Digest started'));
  const answers = [
    slack.messages().find((message) => JSON.stringify(message).includes('Digest started')) ?? draft,
    await newest(slack, () => slack.slash('/digest', 'list everywhere', BOSS)),
    await newest(slack, () => slack.slash('/alert', `create tao above 300 <#${OTHER}|other>`, BOSS)),
    await newest(slack, () => slack.slash('/alert', 'list', BOSS)),
  ];
  for (const answer of answers) expect(JSON.stringify(answer.blocks)).toContain(MENTION);
  expect(answers.flatMap(idsIn)).toEqual([]);
});

it.each([
  `digest list <#${OTHER}|other>`,
  `price <#${OTHER}|other>`,
  'price <@U0SOMEBODY>',
  `what is <#${OTHER}>?`,
  'coin <@U0SOMEBODY|ann>',
  `alert tao above 300 in <#${OTHER}>`,
])('an answer to "%s" repeats no id', async (text) => {
  const slack = await open();
  expect(idsIn(await newest(slack, () => slack.mention(text, BOSS)))).toEqual([]);
});

it('a refusal of a channel that we are not in names it, or says "that channel" where it is hidden or has no name', async () => {
  const { bot, slack } = await scenes.open({
    fake: { outside: [OTHER, 'G0HIDDEN', 'C0NAMELESS'], names: { C0NAMELESS: '' } },
  });
  const remedy = async (channel: string) => {
    const rights = await bot.canPost?.({ tenant: slack.team, channel });
    return rights?.kind === 'no' ? rights.remedy : rights?.kind;
  };
  expect(await remedy(OTHER)).toBe('I am not in #general, so invite me first: /invite @taobot.');
  for (const channel of ['G0HIDDEN', 'C0NAMELESS'])
    expect(await remedy(channel)).toBe('I am not in that channel, so invite me first: /invite @taobot.');
});
