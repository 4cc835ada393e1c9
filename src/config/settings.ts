// The table of settings: name, form, default, meaning. `.env.example`, the README table and the checks all come from it.
import { z } from 'zod';
import { FALLBACK_IDS, FALLBACK_SOURCES, type FallbackId } from '../market/fallback/sources.ts';
import {
  BaseUrl,
  BaseUrlOrNone,
  BaseUrls,
  Currency,
  Database,
  DiscordToken,
  Fallbacks,
  Locale,
  Port,
  prefixed,
  Proxies,
  Shards,
  text,
  Zone,
} from './formats.ts';

export type Setting = {
  name: string;
  /** Shown in docs; undefined: off unless set. */
  fallback?: string;
  meaning: string;
  example: string;
  secret?: boolean;
  schema: z.ZodType<unknown, string>;
};

/** The setting that says where a fallback source answers, e.g. `KRAKEN_API_URL`. */
export type SourceUrlSetting = `${Uppercase<FallbackId>}_API_URL`;

export function sourceUrlSetting(id: FallbackId): SourceUrlSetting {
  return `${id.toUpperCase() as Uppercase<FallbackId>}_API_URL`;
}

/** One row per fallback source. */
function sourceUrlRows() {
  const rows = FALLBACK_SOURCES.map(({ id, api }) => {
    const meaning = `base of the ${api.name} API (default: its own)`;
    return [sourceUrlSetting(id), { meaning, example: api.url, schema: BaseUrl }] as const;
  });
  return Object.fromEntries(rows) as Record<SourceUrlSetting, (typeof rows)[number][1]>;
}

/** Every setting in the order of the docs. */
export const SETTINGS = {
  DISCORD_TOKEN: {
    meaning: 'bot token; turns Discord on',
    example: 'MTIz….abc.def',
    secret: true,
    schema: DiscordToken,
  },
  DISCORD_API_URL: {
    meaning: "REST base; the gateway address comes from its `GET /v10/gateway/bot` (default: Discord's own)",
    example: 'http://127.0.0.1:8080/api',
    schema: BaseUrl,
  },
  DISCORD_SHARDS: {
    meaning:
      'the shards of this process, of how many in all (`0-3/16`, `0-3,8/16`), where several processes divide them, see docs/scaling.md; unset: all, as many as Discord recommends',
    example: '0-3/16',
    schema: Shards,
  },
  DISCORD_PRESENCE: {
    fallback: 'bittensor',
    meaning: "coin whose price stands beside the bot's name, by CoinGecko's id; `none` = nothing",
    example: 'none',
    schema: text(
      /^[a-z0-9][a-z0-9._-]{0,89}$/,
      'is not a coin id (the last part of its address on coingecko.com) or none',
    ),
  },
  DISCORD_GUILD_ID: {
    meaning: 'register commands in this server only (development)',
    example: '123456789012345678',
    schema: text(/^\d{15,21}$/, 'is not a server id (15 to 21 digits)'),
  },
  SLACK_BOT_TOKEN: {
    meaning: 'bot token; turns Slack on, with one of the next two',
    example: 'xoxb-…',
    secret: true,
    schema: prefixed('xoxb-'),
  },
  SLACK_APP_TOKEN: {
    meaning: 'app-level token: Socket Mode',
    example: 'xapp-…',
    secret: true,
    schema: prefixed('xapp-'),
  },
  SLACK_SIGNING_SECRET: {
    meaning: 'signing secret: HTTP mode, served at `/slack/events` on `PORT`',
    example: '8f742231b10e…',
    secret: true,
    schema: text(/^[\w-]{16,64}$/, 'is not a signing secret'),
  },
  SLACK_CLIENT_ID: {
    meaning: 'with the next two: several workspaces install the app at `/slack/install` (HTTP mode)',
    example: '123.456',
    schema: text(/^[\d.]{3,64}$/, 'is not a client id (digits and a dot)'),
  },
  SLACK_CLIENT_SECRET: {
    meaning: 'client secret of the app',
    example: '4f5e…',
    secret: true,
    schema: text(/^[\w-]{8,64}$/, 'is not a client secret'),
  },
  SLACK_STATE_SECRET: {
    meaning: 'any long random text; signs the state of an installation and seals the tokens in the database: keep it',
    example: 'a-long-random-text',
    secret: true,
    schema: text(/^.{16,200}$/, 'must have 16 to 200 characters'),
  },
  SLACK_API_URL: {
    meaning: "Web API base (default: Slack's own)",
    example: 'http://127.0.0.1:8081/api/',
    schema: BaseUrl,
  },
  COINGECKO_API_URL: {
    meaning: 'base of the CoinGecko API (default: by plan)',
    example: 'http://127.0.0.1:8082/api/v3',
    schema: BaseUrl,
  },
  COINGECKO_API_KEY: {
    meaning: 'key of the `demo` or `pro` plan',
    example: 'CG-…',
    secret: true,
    schema: text(/^[\w-]{8,80}$/, 'is not a CoinGecko key'),
  },
  COINGECKO_PLAN: {
    fallback: 'keyless',
    meaning: '`keyless`, `demo` or `pro`: decides host, header and budget',
    example: 'demo',
    schema: z.enum(['keyless', 'demo', 'pro'], { error: 'is keyless, demo or pro' }),
  },
  ...sourceUrlRows(),
  MARKET_FALLBACKS: {
    fallback: FALLBACK_IDS.join(','),
    meaning: 'price sources after CoinGecko, in order; `none` for none',
    example: 'kraken,coinbase',
    schema: Fallbacks,
  },
  SUBTENSOR_RPC_URL: {
    fallback: 'https://entrypoint-finney.opentensor.ai,https://lite.chain.opentensor.ai',
    meaning: 'JSON-RPC over HTTP of Bittensor nodes, tried in order; several are separated by commas',
    example: 'https://entrypoint-finney.opentensor.ai,https://lite.chain.opentensor.ai',
    schema: BaseUrls,
  },
  SUBTENSOR_ARCHIVE_URL: {
    fallback: 'https://bittensor-finney.api.onfinality.io/public',
    meaning: 'archive node where past subnet prices are read once; `none` for not',
    example: 'https://bittensor-finney.api.onfinality.io/public',
    schema: BaseUrlOrNone,
  },
  DATABASE_URL: {
    fallback: 'sqlite:./data/taobot.db',
    meaning: '`sqlite:PATH` or `postgres://…`',
    example: 'postgres://taobot:…@db.example/taobot',
    secret: true,
    schema: Database,
  },
  HOST: {
    fallback: '127.0.0.1',
    meaning: 'address that the web server listens on',
    example: '0.0.0.0',
    schema: text(/^[\w.:-]{1,255}$/, 'is not a host name or address'),
  },
  PORT: { fallback: '3000', meaning: 'port of web page, API and health', example: '8080', schema: Port },
  PUBLIC_URL: {
    meaning: 'where the web page is reachable from outside; cards link to it when set',
    example: 'https://tao.example',
    schema: BaseUrl,
  },
  TRUSTED_PROXIES: {
    meaning:
      'addresses, networks or `loopback`, separated by commas: the proxies in front of the web server, whose `X-Forwarded-For` is believed',
    example: 'loopback,10.0.0.0/8',
    schema: Proxies,
  },
  MCP: {
    fallback: 'on',
    meaning: '`on` or `off`: the MCP endpoint at `/mcp`, where assistants read what the web page shows',
    example: 'off',
    schema: z.enum(['on', 'off'], { error: 'is on or off' }),
  },
  METRICS_PORT: {
    meaning:
      'port of a second listener, on loopback only, for `/metrics`, `/readyz` and `/livez`; `/metrics` is not on `PORT` then',
    example: '9464',
    schema: Port,
  },
  METRICS_TOKEN: {
    meaning: 'any long random text; `/metrics` is for those who send it as a bearer token (unset: for everybody)',
    example: 'a-long-random-text',
    secret: true,
    schema: text(/^[\w.~+/-]{16,200}$/, 'must have 16 to 200 letters, digits and . _ ~ + / -'),
  },
  DEFAULT_TIMEZONE: {
    fallback: 'UTC',
    meaning: 'default time zone',
    example: 'Europe/Berlin',
    schema: Zone,
  },
  DEFAULT_CURRENCY: {
    fallback: 'usd',
    meaning: 'default currency',
    example: 'eur',
    schema: Currency,
  },
  DEFAULT_LOCALE: { fallback: 'en', meaning: 'language tag for numbers and dates', example: 'de-DE', schema: Locale },
  LOG_LEVEL: {
    fallback: 'info',
    meaning:
      '`trace`, `debug`, `info`, `warn`, `error` or `silent`; in a terminal chat `info` shows errors only, other lines with `warn` or `2>taobot.log`',
    example: 'debug',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is trace, debug, info, warn, error or silent',
    }),
  },
} as const satisfies Record<string, Omit<Setting, 'name'>>;

export type SettingName = keyof typeof SETTINGS;
