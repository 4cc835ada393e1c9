// The chat platforms that have a token, built over the core; their SDKs are only loaded when they are needed.
import { setTimeout as wait } from 'node:timers/promises';
import { COMMANDS } from '../app/commands/index.ts';
import { createComplete } from '../app/input/autocomplete.ts';
import { digestChoices } from '../app/digest/choices.ts';
import { vocabularyOf } from '../app/input/vocabulary.ts';
import type { Card, CardChart } from '../app/card.ts';
import type { Bot } from '../bots/bot.ts';
import type { SlackBot } from '../bots/slack/bot.ts';
import type { Config } from '../config/config.ts';
import type { Core } from './core.ts';
import type { Logger } from '../base/log.ts';
import type { Database } from '../store/database.ts';
import { createInbox } from '../store/slack/seen-events.ts';
import { createInstallations } from '../store/slack/installations.ts';
import { createMeta } from '../store/key-value.ts';

export type PlatformOptions = {
  config: Config;
  core: Core;
  database: Database;
  log: Logger;
  now: () => number;
  count: (name: string) => void;
};

const sleep = (ms: number): Promise<void> => wait(ms);

/** Hosts that Discord messages may link: the sources of our facts and prices; every other address is shown as text. */
function allowedHosts({ services }: Core): string[] {
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
  const { config, core, database, log, now } = options;
  if (config.DISCORD_TOKEN === undefined) return null;
  const { createDiscordBot } = await import('../bots/discord/bot.ts');
  return createDiscordBot({
    token: config.DISCORD_TOKEN,
    apiUrl: config.DISCORD_API_URL,
    guildId: config.DISCORD_GUILD_ID,
    commands: COMMANDS,
    dispatch: core.dispatch,
    complete: createComplete(core.services, digestChoices(core.services, 'discord')),
    vocabulary: vocabularyOf(core.services),
    meta: createMeta(database),
    defaults: core.services.defaults,
    allowedHosts: allowedHosts(core),
    log,
    now,
    sleep,
    onFatal: (reason) =>
      log.error({ reason }, 'Discord is off until the setting is corrected; everything else goes on'),
  });
}

export async function createSlack(options: PlatformOptions): Promise<SlackBot | null> {
  const { config, core, database, log, now, count } = options;
  if (config.SLACK_BOT_TOKEN === undefined && config.SLACK_CLIENT_ID === undefined) return null;
  const { createSlackBot } = await import('../bots/slack/bot.ts');
  return createSlackBot({
    botToken: config.SLACK_BOT_TOKEN,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    oauth: oauthOf(config),
    apiUrl: config.SLACK_API_URL,
    commands: COMMANDS,
    dispatch: core.dispatch,
    vocabulary: vocabularyOf(core.services),
    complete: createComplete(core.services, digestChoices(core.services, 'slack')),
    inbox: createInbox(database, now),
    installations: createInstallations(database, now),
    digestsOf: (tenant, user) =>
      core.dispatch({
        platform: 'slack',
        command: 'digest list',
        args: {},
        user,
        place: { tenant, channel: '-' },
        locale: config.DEFAULT_LOCALE,
        via: 'control',
      }),
    defaults: core.services.defaults,
    log,
    now,
    sleep,
    onRemoved: (tenant) => {
      core.engine
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
export async function discordPayload(card: Card, core: Core): Promise<unknown> {
  const [{ createLinkPolicy }, { outgoing }, { renderCard, chartsOf }] = await Promise.all([
    import('../bots/discord/render/escape.ts'),
    import('../bots/discord/send/payload.ts'),
    import('../bots/discord/render/render.ts'),
  ]);
  const pictures = new Map<CardChart, Uint8Array>();
  for (const chart of chartsOf(card)) pictures.set(chart, (await chart.png?.('dark')) ?? new Uint8Array());
  const { publicUrl } = core.services.defaults;
  const links = createLinkPolicy([...allowedHosts(core), ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])]);
  return outgoing(renderCard(card, { links, pictures }), card.private === true ? { ephemeral: true } : {}).body;
}
