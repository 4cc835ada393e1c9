// What owners write, on the platforms: no ping, no link, no broken table, whatever the name is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { createLinkPolicy } from '../../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack } from '../../../src/bots/slack/render/render.ts';
import { openStage, type SubnetStage } from './scene.ts';

const NAMES = [
  '@everyone <@123> <!channel>',
  '```\n# big ```',
  '[free TAO](https://e.vil) <https://e.vil|here>',
  '\u202egnp.exe\u2066 \u200b',
  '**Buy now** _~*Buy now*~_',
  'x'.repeat(60_000), // four fields of it: an answer of more than a megabyte is not read
];

let stage: SubnetStage;
let cards: Card[];
beforeAll(async () => {
  stage = await openStage({ minutes: 0 });
  for (const [index, name] of NAMES.entries()) {
    const subnet = stage.world.subnet(128 - index);
    Object.assign(subnet, { name, symbol: name.slice(0, 9) });
    if (subnet.identity !== null) Object.assign(subnet.identity, { name, url: name, description: name });
  }
  await stage.minutes(6);
  const texts = [
    ...NAMES.map((_, index) => `/subnet ${128 - index}`),
    '/subnets',
    '/convert 5 sn128 tao',
    '/compare sn128 sn127',
  ];
  cards = await Promise.all(texts.map((text) => stage.ask(text)));
});
afterAll(() => stage.close());

/** The texts in which a platform reads markup; labels of menus and buttons are shown as they are. */
const discordTexts = (card: Card): string => {
  const policy = createLinkPolicy(['coingecko.com']);
  const payload = JSON.stringify(renderDiscord(card, { links: policy, pictures: new Map() }).components);
  return (payload.match(/"content":"(?:[^"\\]|\\.)*"/gu) ?? []).join('\n');
};
const slackTexts = (card: Card): string =>
  (JSON.stringify(renderSlack(card).blocks).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/gu) ?? []).join('\n');

describe('hostile names', () => {
  it('are what the cards show, so far as they can be read', () => {
    const titles = cards.map(({ title }) => title);
    expect(titles[0]).toBe('@everyone <@123> <!channel> (SN128)');
    expect(titles[4]).toBe('**Buy now** _~*Buy now*~_ (SN124)');
    expect(titles[5]).toMatch(/^x{40} \(SN123\)$/u);
  });

  it('on Discord: mentions, markup and addresses lose their meaning; a table stays one block', () => {
    for (const card of cards) {
      expect(card.outcome).toBe('ok');
      const text = discordTexts(card);
      expect(text).not.toMatch(/@everyone|<@1|\]\((?!<https:\/\/[a-z.]*coingecko)|\u202e|\u2066|https:\/\/e/u);
      expect((text.match(/```/gu) ?? []).length).toBeLessThanOrEqual(2);
    }
  });

  it('on Slack: no mention of a channel or person, no link of theirs', () => {
    for (const card of cards) {
      expect(JSON.stringify(renderSlack(card).blocks)).not.toMatch(/<@1|<!channel/u);
      const text = slackTexts(card);
      expect(text).not.toMatch(/<https:\/\/e\.vil/u);
      expect(text).not.toMatch(/[*_~]Buy now[*_~]/u); // bold words would look like ours
    }
  });
});
