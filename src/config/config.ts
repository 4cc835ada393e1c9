// Reads the environment once; everything wrong is reported at once, before anything connects.
import type { z } from 'zod';
import { editDistance } from '../base/edit-distance.ts';
import { ConfigError } from '../base/errors.ts';
import { readShardList } from '../bots/discord/shards/shard-list.ts';
import { cutLines, environmentLines, repeatedLines, unreadLines } from './environment-file.ts';
import { type Setting, type SettingName, SETTINGS } from './settings.ts';

/** A database that ends with the process. Samples go there: they must not decide about the operator's alerts and digests. */
export const IN_MEMORY = 'sqlite::memory:';

type Output<N extends SettingName> = z.output<(typeof SETTINGS)[N]['schema']>;
type HasFallback<N extends SettingName> = (typeof SETTINGS)[N] extends { fallback: string } ? true : false;

/** All settings, parsed; those without a default are undefined when unset or blank. */
export type Config = { [N in SettingName]: HasFallback<N> extends true ? Output<N> : Output<N> | undefined };

/** What takes the place of bytes that are no UTF-8: https://encoding.spec.whatwg.org/#utf-8-decoder. All such letters become this one. */
const UNREADABLE = '\uFFFD';

/**
 * Parses the environment (or any record like it).
 * @throws ConfigError naming every wrong setting with an example, never its value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, setting] of Object.entries<Omit<Setting, 'name'>>(SETTINGS)) {
    const said = environment[name]?.trim();
    const text = said === undefined || said === '' ? setting.fallback : said;
    if (text === undefined) continue;
    given.add(name);
    const parsed = setting.schema.safeParse(text);
    if (text.includes(UNREADABLE))
      problems.push(`${name} holds a character that could not be read: save .env as UTF-8`);
    else if (parsed.success) values[name] = parsed.data;
    else
      problems.push(
        `${name} ${parsed.error.issues[0]?.message ?? 'is wrong'} — for example ${name}=${setting.example}`,
      );
  }
  const config = values as Config;
  problems.push(...crossCheck(config, (name) => given.has(name)));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Settings that only make sense together. `has`: it is there, right or wrong: of what is wrong nobody says that it is missing. */
function crossCheck(config: Config, has: (name: SettingName) => boolean): string[] {
  const problems: string[] = [];
  const plan = config.COINGECKO_PLAN;
  if ((plan === 'demo' || plan === 'pro') && !has('COINGECKO_API_KEY')) {
    problems.push(
      `COINGECKO_API_KEY is needed by the ${plan} plan — for example COINGECKO_API_KEY=${SETTINGS.COINGECKO_API_KEY.example}, or COINGECKO_PLAN=keyless`,
    );
  }
  if (has('SLACK_BOT_TOKEN') && !has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET')) {
    problems.push(
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode, for example xapp-…) or SLACK_SIGNING_SECRET (HTTP mode)',
    );
  }
  if (config.METRICS_PORT !== undefined && config.METRICS_PORT > 0 && isTakenByWeb(config)) {
    problems.push(
      `METRICS_PORT is PORT: the second listener needs a port of its own — for example METRICS_PORT=${config.PORT === 9464 ? 9465 : SETTINGS.METRICS_PORT.example}`,
    );
  }
  const shards = readShardList(config.DISCORD_SHARDS ?? '');
  if (typeof shards !== 'string' && shards.ids.length < shards.count && config.DATABASE_URL?.startsWith('sqlite:')) {
    problems.push(
      `DISCORD_SHARDS names ${shards.ids.length} of ${shards.count} shards, and processes that divide them need one database together — for example DATABASE_URL=${SETTINGS.DATABASE_URL.example}, or name all of them: DISCORD_SHARDS=0-${shards.count - 1}/${shards.count}`,
    );
  }
  const oauth = [has('SLACK_CLIENT_ID'), has('SLACK_CLIENT_SECRET'), has('SLACK_STATE_SECRET')];
  if (oauth.includes(true) && oauth.includes(false)) {
    problems.push(
      'SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET belong together — set all three or none',
    );
  }
  if (has('SLACK_CLIENT_ID') && !has('SLACK_SIGNING_SECRET')) {
    problems.push(
      'SLACK_SIGNING_SECRET is needed with SLACK_CLIENT_ID: installations of several workspaces use HTTP mode',
    );
  }
  if (has('SLACK_CLIENT_ID') && has('SLACK_BOT_TOKEN')) {
    problems.push('SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for several — remove one of them');
  }
  return problems;
}

/** The listener for measures is on loopback: at another address of the machine the same number is free. */
function isTakenByWeb({ HOST, PORT, METRICS_PORT }: Config): boolean {
  return METRICS_PORT === PORT && /^(?:127\.0\.0\.1|localhost|0\.0\.0\.0|::)$/.test(HOST);
}

/** Shorter names are too near to those of other programs. */
const SHORTEST_MISTYPED = 8;
const MOST_MISTYPED = 2;

/** Names in the environment that are no setting but nearly one, each as "DISCORD_TOKN: is DISCORD_TOKEN meant?"; never a value. */
export function mistypedSettings(environment: Readonly<Record<string, string | undefined>> = process.env): string[] {
  const settings = Object.keys(SETTINGS).filter((name) => name.length >= SHORTEST_MISTYPED);
  const nearest = (name: string): string | undefined => {
    if (Object.hasOwn(SETTINGS, name)) return name;
    if (name.length < SHORTEST_MISTYPED - MOST_MISTYPED) return undefined;
    return settings.find((setting) => editDistance(name, setting, MOST_MISTYPED) <= MOST_MISTYPED);
  };
  return Object.keys(environment).flatMap((name) => {
    if (Object.hasOwn(SETTINGS, name)) return [];
    const meant = nearest(name.toUpperCase());
    return meant === undefined || (environment[meant]?.trim() ?? '') !== '' ? [] : [`${name}: is ${meant} meant?`];
  });
}

/** Lines of `.env` that name a setting and do not set it ("DEFAULT_CURRENCY: eur"), each with how it is written; never a value. */
export function unreadSettings(folder = '.'): string[] {
  return unreadLines(folder)
    .filter(({ word }) => Object.hasOwn(SETTINGS, word))
    .map(({ line, word }) => `line ${line}: write it as ${word}=…`);
}

/** Lines of `.env` that set a setting to a part of what they say (`SECRET=p#w` without quotes); never a value. */
export function cutSettings(folder = '.'): string[] {
  return cutLines(folder)
    .filter(({ name }) => Object.hasOwn(SETTINGS, name))
    .map(({ line, name }) => `line ${line}: put the whole value of ${name} in quotes`);
}

/** Settings of which `.env` says two things; never a value. */
export function repeatedSettings(folder = '.'): string[] {
  return repeatedLines(folder)
    .filter(({ name }) => Object.hasOwn(SETTINGS, name))
    .map(({ name, line, lost }) => `${name}: line ${line} counts, not line ${lost.join(' or ')}`);
}

/** Settings that say something and change nothing. */
export function unusedSettings(config: Config): string[] {
  return config.COINGECKO_API_KEY !== undefined && config.COINGECKO_PLAN === 'keyless'
    ? ['COINGECKO_API_KEY: set COINGECKO_PLAN to demo or pro']
    : [];
}

/** What terminals say about themselves in the environment, for pictures in the chat. */
export function terminalEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> {
  const { TERM, TERM_PROGRAM, LC_TERMINAL, KITTY_WINDOW_ID } = environment;
  return { TERM, TERM_PROGRAM, LC_TERMINAL, KITTY_WINDOW_ID };
}

/** Adds the lines of `.env` in `folder`, if there is one, to the environment; what is set already wins. */
export function loadEnvironmentFile(folder = '.', environment: Record<string, string | undefined> = process.env): void {
  for (const [name, value] of environmentLines(folder)) environment[name] ??= value;
}
