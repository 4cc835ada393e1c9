// Coins and subnets with hostile names, on every surface that shows one: both chats, the terminal, plain words, tools of assistants, choices, pictures.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/app/card.ts';
import { datedPriceLine, priceLine } from '../../src/app/blocks/price-line.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { createComplete } from '../../src/app/input/autocomplete.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack } from '../../src/bots/slack/render/render.ts';
import { renderTerminal } from '../../src/bots/terminal/render.ts';
import { toolAnswer } from '../../src/web/mcp/answer.ts';
import { openStage, recordPast, type SubnetStage } from '../app/subnets/scene.ts';
import { lookAt, lookAtText } from '../fakes/discord/look.ts';
import { messageProblems } from '../fakes/discord/rest/check.ts';
import { blockProblems } from '../fakes/slack/blocks.ts';
import { ENTRIES, faultsOf, textsIn } from './names.ts';

let stage: SubnetStage;
const coinOf = (index: number) => `coin-${index}`;
const netuidOf = (index: number) => 128 - index;

beforeAll(async () => {
  stage = await openStage({ minutes: 0 });
  await recordPast(stage, 30);
  for (const [index, [, name]] of ENTRIES.entries()) {
    stage.core.gecko.set(coinOf(index), { name, symbol: name.slice(0, 30), price: 3 });
    const subnet = stage.world.subnet(netuidOf(index));
    Object.assign(subnet, { name, symbol: name.slice(0, 9) });
    if (subnet.identity !== null)
      Object.assign(subnet.identity, { name, url: name, github: name, discord: name, description: name.slice(0, 900) });
  }
  await stage.minutes(8);
});
afterAll(() => stage.close());

/** Everything that is asked of one name. */
async function cardsOf(index: number): Promise<Card[]> {
  const [id, sn] = [coinOf(index), `sn${netuidOf(index)}`];
  const order = { currency: 'usd', locale: 'en', zone: 'UTC', late: false, dueAt: stage.clock.now, subnets: true };
  return [
    ...(await Promise.all(
      [
        `/coin ${id}`,
        `/price ${id} ${sn}`,
        `/chart ${id}`,
        `/chart ${sn}`,
        `/compare ${id} ${sn} tao`,
        `/convert 5 ${id} eur`,
        `/convert 5 ${sn} tao`,
        `/subnet ${sn}`,
        `/alert ${id} above 4`,
        `/alert ${sn} below 0.00001`,
        `/alert list`,
        `/digest create 09:00 Europe/Berlin ${id} ${sn} subnets`,
        `how do i mine on subnet ${sn.slice(2)}?`,
      ].map((text) => stage.ask(text)),
    )),
    await stage.ask('/subnets', { args: { sort: 'cap', page: String(1 + Math.floor(index / 10)) } }),
    await digestCard({ ...order, coins: [id, sn] }, stage.core.services, stage.clock.now),
  ];
}

const OWN_LINK =
  /^(?:\/|https:\/\/(?:www\.)?(?:coingecko\.com|github\.com\/RaoFoundation|[a-z.]*bittensor\.com|docs\.\w+|taostats\.io))/;
/** What Slack reads as markup; in plain and raw text nothing is. */
function markedTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  return type === 'mrkdwn' ? [String(text)] : Object.values(value).flatMap(markedTexts);
}

const SLACK_RULES = { dataVisualization: true, dataTable: true, fileReady: () => true, mostBlocks: 50 };

describe.each(ENTRIES.map(([what], index) => ({ what, index })))('named with $what', ({ index }) => {
  let cards: Card[];
  beforeAll(async () => {
    cards = await cardsOf(index);
  });

  it('Discord: nothing pings, links elsewhere or is left open, and the message fits', () => {
    for (const card of cards) {
      const { components } = renderDiscord(card, { links: createLinkPolicy(['coingecko.com']), pictures: new Map() });
      const body = { components, flags: 1 << 15, allowed_mentions: { parse: [] } } as never;
      expect(messageProblems(body, [])).toEqual([]);
      const look = lookAt(body);
      expect([look.pings, look.dangling, look.links.filter((link) => !OWN_LINK.test(link))]).toEqual([[], [], []]);
      expect(look.lines.filter((kind) => !['', '-#', '-', '#', '##', '###'].includes(kind))).toEqual([]);
      expect(textsIn(components).flatMap((text) => faultsOf(text.replaceAll(/[\u200b\u200e]/gu, '')))).toEqual([]);
    }
  });

  it('Slack: nothing pings or links elsewhere, no mark acts, and the blocks fit', () => {
    for (const card of cards)
      for (const modern of [true, false]) {
        const message = renderSlack(card, { modern });
        expect(blockProblems(message.blocks, SLACK_RULES)).toEqual([]);
        const texts = textsIn(message);
        expect(texts.flatMap((text) => text.match(/<[!@#](?!date)[^>]*>/gu) ?? [])).toEqual([]);
        const marked = [message.text, ...markedTexts(message.blocks)];
        expect(
          marked.flatMap((text) => text.match(/<[^!>][^>]*>/gu) ?? []).filter((link) => /evil|javascript/u.test(link)),
        ).toEqual([]);
        expect(texts.flatMap((text) => faultsOf(text.replaceAll('\u200e', '')))).toEqual([]);
      }
  });

  it('terminal and plain words: no control character but those of the colours, nothing hidden', () => {
    for (const card of cards) {
      const painted = renderTerminal(card, { colour: true, width: 80 });
      const own = painted.replaceAll(/\u001b(?:\[\d+m|\]8;;[^\u001b\u0007]*\u001b\\)/gu, '');
      expect(faultsOf(own)).toEqual([]);
      const links = [...painted.matchAll(/\u001b\]8;;([^\u001b\u0007]*)\u001b\\/gu)].map(([, href = '']) => href);
      expect(links.filter((href) => /evil|javascript/u.test(href))).toEqual([]);
      expect(faultsOf(plainText(card))).toEqual([]);
    }
  });

  it('assistants, choices and the lines beside a name: nothing hidden, something to read', async () => {
    const { services } = stage.core;
    const complete = createComplete(services);
    const place = { tenant: '-', channel: '-' };
    for (const card of cards.filter(({ kind }) => kind !== 'digest').slice(0, 3)) {
      const { structuredContent } = await toolAnswer(card, stage.clock.now);
      expect(
        textsIn(structuredContent)
          .filter((text) => text.length < 5_000)
          .flatMap(faultsOf),
      ).toEqual([]);
    }
    for (const [type, text] of [
      ['coin', coinOf(index)],
      ['subnet', `sn${netuidOf(index)}`],
    ] as const)
      for (const { name } of await complete({ command: 'coin', arg: 'coin', type, text, place })) {
        expect(faultsOf(name)).toEqual([]);
        expect(name.length).toBeLessThanOrEqual(100);
      }
    for (const line of [priceLine, datedPriceLine]) {
      const words = await line(services, coinOf(index), stage.clock.now);
      expect(faultsOf(words)).toEqual([]);
      expect(lookAtText(words).links).toEqual([]);
    }
  });

  it('columns of a table keep their order behind a name that is written from right to left', () => {
    for (const card of cards) {
      const { components } = renderDiscord(card, { links: createLinkPolicy([]), pictures: new Map() });
      const lines = [...textsIn(components), ...textsIn(renderSlack(card, { modern: false }).blocks)]
        .filter((text) => text.includes('```'))
        .flatMap((text) => text.split('\n'));
      const reversed = lines.filter((line) => /[\p{Script=Hebrew}\p{Script=Arabic}](?:(?!\u200e).)*? {2}/u.test(line));
      expect(reversed).toEqual([]);
    }
  });

  it('titles and labels can be read', () => {
    for (const card of cards) {
      const labels = card.blocks.flatMap((block) =>
        block.kind === 'menu'
          ? block.options.map(({ label }) => label)
          : block.kind === 'buttons'
            ? block.buttons.map(({ label }) => label)
            : [],
      );
      for (const text of [card.title, ...labels]) expect(text.replaceAll(/[\s\u2800\p{M}]/gu, '')).toMatch(/^[^·(]/u);
    }
  });
});

it('pictures are drawn for every name', async () => {
  const sizes: number[] = [];
  for (const [index] of ENTRIES.entries())
    for (const { kind, blocks } of await cardsOf(index))
      if (['chart', 'subnet', 'compare', 'digest'].includes(kind))
        for (const block of blocks)
          if (block.kind === 'chart') sizes.push((await block.chart.png?.('dark', 'phone'))?.length ?? 0);
  expect(sizes.length).toBeGreaterThan(3 * ENTRIES.length);
  expect(Math.min(...sizes)).toBeGreaterThan(1_000);
}, 120_000);
