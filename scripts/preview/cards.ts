// The cards of the preview, made from sample data and rendered as Discord and Slack get them.
import type { Card, CardChart } from '../../src/app/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { type Message, renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack, type SlackMessage } from '../../src/bots/slack/render/render.ts';
import { chartsOf } from '../../src/bots/draw-charts.ts';
import { type openSampleCore, SAMPLE_TIME } from '../../tests/fakes/core.ts';

type SampleCore = Awaited<ReturnType<typeof openSampleCore>>;

let people = 0;
const COMMAND_IDS = new Map(COMMANDS.map(({ name }) => [name, '1']));

/** The card that answers what somebody types, or controls; "digest" is the post of the morning. */
export async function sampleCard(core: SampleCore, typed: string): Promise<Card> {
  if (typed === 'digest') {
    const order = { coins: ['bittensor'], currency: 'usd', locale: 'en', zone: 'America/New_York', subnets: false };
    return await digestCard({ ...order, dueAt: SAMPLE_TIME, late: false }, core.services, SAMPLE_TIME);
  }
  const [command = '', query] = typed.split('?');
  const asked = typed.includes('=')
    ? { command, args: Object.fromEntries(new URLSearchParams(query)) }
    : readText(typed, COMMANDS, vocabularyOf(core.services));
  return await core.dispatch({
    platform: 'discord',
    ...asked,
    user: { id: String(++people), canManage: true }, // somebody else each time: no cool-down
    place: { tenant: '-', channel: '-' },
    locale: 'en-US',
    via: 'command',
  });
}

/** The Discord message with its pictures drawn. */
export async function discordMessage(card: Card): Promise<Message> {
  const pictures = new Map<CardChart, Uint8Array>();
  for (const chart of chartsOf(card))
    if (chart.png !== undefined) pictures.set(chart, await chart.png('dark', 'phone'));
  return renderDiscord(card, {
    links: createLinkPolicy(['coingecko.com', 'taostats.io', 'bittensor.com']),
    pictures,
    commandIds: COMMAND_IDS,
  });
}

export function slackMessage(card: Card): SlackMessage {
  return renderSlack(card);
}
