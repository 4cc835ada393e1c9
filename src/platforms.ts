// The chat platforms that have a token, built over the house; their SDKs are only loaded when they are needed.
import { setTimeout as wait } from 'node:timers/promises';
import { COMMANDS } from './app/commands/index.ts';
import { createComplete } from './app/complete.ts';
import { digestChoices } from './app/digest-choices.ts';
import { vocabularyOf } from './app/vocabulary.ts';
import type { Card, CardChart } from './app/card.ts';
import type { Bot } from './bots/bot.ts';
import type { SlackBot } from './bots/slack/bot.ts';
import type { Config } from './config.ts';
import type { House } from './house.ts';
import type { Logger } from './log.ts';
import type { Database } from './store/db.ts';
import { createInbox } from './store/inbox.ts';
import { createInstallations } from './store/installations.ts';
import { createMeta } from './store/meta.ts';

export type PlatformOptions = {
  config: Config;
  house: House;
  database: Database;
  log: Logger;
  now: () => number;
  count: (name: string) => void;
};

const sleep = (ms: number): Promise<void> => wait(ms);

/** Hosts that Discord messages may link: the sources of our facts and prices; every other address is shown as text. */
function allowedHosts({ services }: House): string[] {
  const { coins, faq } = services.content;
  const urls = [
    ...[...coins.values()].flatMap((coin) => [...Object.values(coin.sources), ...coin.track]),
    ...[...faq.values()].flatMap((entry) => entry.sources),
  ].map(({ url }) => url);
  return [
    ...new Set([
      'www.coingecko.com',
      'coinpaprika.com',
      'www.kraken.com',
      'exchange.coinbase.com',
      'docs.taostats.io',
      ...urls.map((url) => new URL(url).hostname),
    ]),
  ];
}

export async function createDiscord(options: PlatformOptions): Promise<Bot | null> {
  const { config, house, database, log, now } = options;
  if (config.DISCORD_TOKEN === undefined) return null;
  const { createDiscordBot } = await import('./bots/discord/bot.ts');
  return createDiscordBot({
    token: config.DISCORD_TOKEN,
    apiUrl: config.DISCORD_API_URL,
    guildId: config.DISCORD_GUILD_ID,
    commands: COMMANDS,
    dispatch: house.dispatch,
    complete: createComplete(house.services, digestChoices(house.services, 'discord')),
    vocabulary: vocabularyOf(house.services),
    meta: createMeta(database),
    defaults: house.services.defaults,
    allowedHosts: allowedHosts(house),
    log,
    now,
    sleep,
    onFatal: (reason) =>
      log.error({ reason }, 'Discord is off until the setting is corrected; everything else goes on'),
  });
}

export async function createSlack(options: PlatformOptions): Promise<SlackBot | null> {
  const { config, house, database, log, now, count } = options;
  if (config.SLACK_BOT_TOKEN === undefined && config.SLACK_CLIENT_ID === undefined) return null;
  const { createSlackBot } = await import('./bots/slack/bot.ts');
  return createSlackBot({
    botToken: config.SLACK_BOT_TOKEN,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    oauth: oauthOf(config),
    apiUrl: config.SLACK_API_URL,
    commands: COMMANDS,
    dispatch: house.dispatch,
    vocabulary: vocabularyOf(house.services),
    complete: createComplete(house.services, digestChoices(house.services, 'slack')),
    inbox: createInbox(database, now),
    installations: createInstallations(database, now),
    digestsOf: (tenant, user) =>
      house.dispatch({
        platform: 'slack',
        command: 'digest list',
        args: {},
        user,
        place: { tenant, channel: '-' },
        locale: config.DEFAULT_LOCALE,
        via: 'control',
      }),
    defaults: house.services.defaults,
    log,
    now,
    sleep,
    onRemoved: (tenant) => {
      house.engine
        .retire({ platform: 'slack', tenant }, 'uninstalled')
        .catch((error: unknown) => log.error({ err: error }, 'digests of a removed workspace not retired'));
    },
    onFatal: (reason) => log.error({ reason }, 'Slack is off until the setting is corrected; everything else goes on'),
    count,
  });
}

function oauthOf(config: Config) {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = config;
  return clientId === undefined || clientSecret === undefined || stateSecret === undefined
    ? undefined
    : { clientId, clientSecret, stateSecret };
}

/** The exact request body that Discord would get for a card, with the names of its files instead of their bytes. */
export async function discordPayload(card: Card, house: House): Promise<unknown> {
  const [{ createLinkPolicy }, { outgoing }, { renderCard, chartsOf }] = await Promise.all([
    import('./bots/discord/escape.ts'),
    import('./bots/discord/outgoing.ts'),
    import('./bots/discord/render.ts'),
  ]);
  const pictures = new Map<CardChart, Uint8Array>();
  for (const chart of chartsOf(card)) pictures.set(chart, (await chart.png?.('dark')) ?? new Uint8Array());
  const { publicUrl } = house.services.defaults;
  const links = createLinkPolicy([
    ...allowedHosts(house),
    ...(publicUrl === null ? [] : [new URL(publicUrl).hostname]),
  ]);
  return outgoing(renderCard(card, { links, pictures }), card.private === true ? { ephemeral: true } : {}).body;
}
