// The chat platforms, one line each, and what the wiring hands to them.
import { setTimeout as wait } from 'node:timers/promises';
import { COMMANDS } from '../app/commands/index.ts';
import { priceLine } from '../app/blocks/price-line.ts';
import { alertChoices } from '../app/alerts/choices.ts';
import { digestChoices } from '../app/digest/choices.ts';
import { createComplete } from '../app/input/autocomplete.ts';
import { vocabularyOf } from '../app/reader/vocabulary.ts';
import { type Log, requestAgeMs } from '../base/log.ts';
import type { Bot } from '../bots/bot.ts';
import { discord } from '../bots/discord/platform.ts';
import type { AnswerOutcome } from '../bots/follow-event.ts';
import type { Platform, PlatformTools } from '../bots/platform.ts';
import { slack } from '../bots/slack/platform.ts';
import type { Config } from '../config/config.ts';
import type { ContentServices } from '../app/services.ts';
import type { Database } from '../store/database.ts';
import { COINGECKO } from '../market/coingecko/client.ts';
import { FALLBACK_SOURCES } from '../market/fallback/sources.ts';
import { createMeta } from '../store/key-value.ts';
import { createInstallations } from '../store/slack/installations.ts';
import { createInbox } from '../store/inbox/inbox.ts';
import type { Core } from './core.ts';
import { placeEvents } from './place-events.ts';

export const PLATFORMS: readonly Platform[] = [discord, slack];

export type PlatformOptions = {
  config: Config;
  core: Core;
  database: Database;
  log: Log;
  /** Shows a line to whoever started the bot. */
  say: (line: string) => void;
  now: () => number;
  count: (event: string) => void;
  onAnswer: (platform: Bot['name'], outcome: AnswerOutcome, ms: number) => void;
};

/** Whether any chat platform is switched on; loads none of their libraries. */
export function isAnyPlatformOn(config: Config): boolean {
  return PLATFORMS.some(({ isOn }) => isOn((name) => settingOf(config, name)));
}

/** The bots of all platforms that are switched on. Nothing connects here. */
export async function createPlatforms(options: PlatformOptions): Promise<Bot[]> {
  const bots = await Promise.all(PLATFORMS.map((platform) => platform.create(toolsFor(platform.name, options))));
  return bots.filter((bot) => bot !== null);
}

function toolsFor(platform: Bot['name'], options: PlatformOptions): PlatformTools {
  const { config, core, database, log, say, now, count } = options;
  const { services, dispatch } = core;
  return {
    setting: (name) => settingOf(config, name),
    commands: COMMANDS,
    dispatch,
    vocabulary: vocabularyOf(services),
    complete: createComplete(services, {
      digest: digestChoices(services, platform),
      alert: alertChoices(services, platform),
    }),
    priceLine: (coin) => priceLine(services, coin, now()),
    defaults: services.defaults,
    sourceUrls: sourceUrls(services.content),
    keyValue: createMeta(database),
    seenKeys: createInbox(database, now),
    installations: createInstallations(database, now),
    log,
    say,
    now,
    sleep: (ms) => wait(ms),
    count,
    onAnswer(outcome) {
      const ms = Math.round(requestAgeMs());
      log.debug({ platform, outcome, ms }, 'answer');
      options.onAnswer(platform, outcome, ms);
    },
    ...placeEvents(platform, core, log),
  };
}

function settingOf(config: Config, name: string): string | undefined {
  const value: unknown = Object.hasOwn(config, name) ? config[name as keyof Config] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Every page that a fact or a price cites. */
export function sourceUrls({ coins, faq }: Pick<ContentServices, 'coins' | 'faq'>): string[] {
  const cited = [
    ...[...coins.values()].flatMap((coin) => [...Object.values(coin.sources), ...coin.track]),
    ...[...faq.values()].flatMap((entry) => entry.sources),
  ];
  return [COINGECKO, ...FALLBACK_SOURCES, ...cited].map(({ url }) => url);
}
