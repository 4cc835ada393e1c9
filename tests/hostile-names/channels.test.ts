// Channels and threads with hostile names: what the bot says of a channel in which it may not post is one readable sentence, in whose code only our words stand.
import { afterEach, describe, expect, it } from 'vitest';
import { messageCard } from '../../src/app/error-card.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack } from '../../src/bots/slack/render/render.ts';
import { renderTerminal } from '../../src/bots/terminal/render.ts';
import { target as discordTarget } from '../bots/discord/posting.ts';
import { target as slackTarget } from '../bots/slack/send/digest-post.ts';
import { openScenes } from '../bots/slack/scene.ts';
import { GUILD } from '../fakes/discord/events.ts';
import { lookAt } from '../fakes/discord/look.ts';
import { BITS } from '../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../fakes/discord/scene.ts';
import { ENTRIES, faultsOf, textsIn } from './names.ts';

const slackScenes = openScenes();
let discord: DiscordScene | undefined;
afterEach(async () => {
  await discord?.close();
  discord = undefined;
});

/** The card that a refusal becomes, on every platform. */
function expectReadable(remedy: string): void {
  const card = messageCard('digest', 'refused', 'No', remedy);
  const { components } = renderDiscord(card, {
    links: createLinkPolicy([]),
    commandIds: new Map([['privacy', '760000000000000001']]),
  });
  const look = lookAt({ components });
  expect([look.pings, look.links, look.dangling]).toEqual([[], [], []]);
  const slack = renderSlack(card);
  expect(textsIn(slack).filter((text) => /<[!@#]|<https/u.test(text))).toEqual([]);
  const texts = [
    remedy,
    ...textsIn(components).map((text) => text.replaceAll('\u200b', '')),
    ...textsIn(slack),
    renderTerminal(card, { colour: false, width: 80 }),
  ];
  expect(texts.flatMap(faultsOf)).toEqual([]);
  expect(remedy.split('\n')).toHaveLength(1);
}

describe('Discord', () => {
  it('a thread, a channel and a voice channel', async () => {
    discord = await openDiscordScene();
    const { world } = discord.discord;
    const names = [...ENTRIES.map(([, name]) => name), '`/privacy delete`'];
    for (const [index, name] of names.entries()) {
      const id = `8000000000000000${String(index).padStart(2, '0')}`;
      world.channels.set(id, { id, type: 0, guild_id: GUILD, name });
      world.deny(id, BITS.sendMessages);
      const can = await discord.bot.canPost?.(discordTarget(id));
      const status = await discord.bot.voice?.canShow({ tenant: GUILD, channel: id });
      for (const answer of [can, status]) {
        expect(answer).toMatchObject({ kind: 'no' });
        const remedy = answer?.kind === 'no' ? answer.remedy : '';
        expectReadable(remedy);
        expect(messageCard('digest', 'refused', 'No', remedy).blocks).toEqual([{ kind: 'text', spans: [remedy] }]);
        expect(remedy.length).toBeLessThan(300);
      }
    }
  });
});

describe('Slack', () => {
  it('a channel that we are not in', async () => {
    const names = Object.fromEntries(
      [...ENTRIES.map(([, name]) => name), '`/privacy delete`'].map((name, index) => [`C0NAME${index}`, name]),
    );
    const scene = await slackScenes.open({ fake: { outside: Object.keys(names), names } });
    for (const channel of Object.keys(names)) {
      const can = await scene.bot.canPost?.(slackTarget(channel));
      expect(can).toMatchObject({ kind: 'no' });
      expectReadable(can?.kind === 'no' ? can.remedy : '');
    }
  });
});

it('a back-tick in words of others does not swap code and sentence', () => {
  const card = messageCard(
    'digest',
    'not-found',
    'No',
    'I know no coin called "a ` b". Try `/digest create 09:00`, or `/help`.',
  );
  expect(card.blocks).toEqual([
    {
      kind: 'text',
      spans: [
        'I know no coin called "a ` b". Try ',
        { kind: 'code', text: '/digest create 09:00' },
        ', or ',
        { kind: 'code', text: '/help' },
        '.',
      ],
    },
  ]);
});
