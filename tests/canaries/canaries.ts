// Made-up secrets of every kind that the bot holds, and a look for them in any text: as they are, encoded for addresses, and in base64.
import type { SettingName } from '../../src/config/settings.ts';

const hex = (seed: string) => Buffer.from(`canary ${seed} canary`).toString('hex').slice(0, 32);

/** By what they are; each has the form that the real one has. */
export const CANARIES = {
  discordToken: 'Q0FOQVJZZGlzY29yZDEyMw.Canary.discord-canary-token-0123456789ab',
  slackBotToken: 'xoxb-1111111111-canary-slack-bot-token',
  slackAppToken: 'xapp-1-A11111-2222-canary-slack-app-token',
  slackSigningSecret: 'canarysigning8f742231b10e',
  slackClientSecret: 'canary-client-secret-4f5e6d',
  slackStateSecret: 'canary state/secret+with=signs & spaces',
  slackInstalledToken: 'xoxb-3333333333-canary-installed-token',
  slackOauthCode: `1234567890.9876543210.${hex('oauth code')}${hex('its rest')}`,
  coinGeckoKey: 'CG-canaryCoinGeckoKey0123',
  coinGeckoPath: hex('gecko path'),
  krakenPath: 'canary-kraken-path-key-77',
  coinPaprikaPath: 'canary-paprika-path-key-78',
  coinbasePath: 'canary-coinbase-path-key-79',
  nodePath: hex('node path'),
  archivePath: 'b3f1c9e2-canary-archive-9c1e-0d2f3a4b5c6d',
  databasePassword: 'canary@db:pa/ss#word?7',
  metricsToken: 'canary-metrics-token-0123',
} as const;

type Settings = Partial<Record<SettingName, string>>;

/** The settings that hold canaries, over far ends that answer at `origin`; what turns Slack on is in `SOCKET` and `SEVERAL`. */
export function canarySettings(origin: string): Settings {
  return {
    DISCORD_TOKEN: CANARIES.discordToken,
    DISCORD_API_URL: `${origin}/api`,
    SLACK_API_URL: `${origin}/api/`,
    COINGECKO_API_KEY: CANARIES.coinGeckoKey,
    COINGECKO_PLAN: 'demo',
    COINGECKO_API_URL: `${origin}/${CANARIES.coinGeckoPath}/api/v3`,
    KRAKEN_API_URL: `${origin}/${CANARIES.krakenPath}/0`,
    COINPAPRIKA_API_URL: `${origin}/${CANARIES.coinPaprikaPath}/v1`,
    COINBASE_API_URL: `${origin}/${CANARIES.coinbasePath}`,
    MARKET_FALLBACKS: 'coinpaprika,kraken,coinbase',
    SUBTENSOR_RPC_URL: `${origin}/v3/${CANARIES.nodePath}`,
    SUBTENSOR_ARCHIVE_URL: `${origin}/${CANARIES.archivePath}/public`,
    METRICS_TOKEN: CANARIES.metricsToken,
    LOG_LEVEL: 'trace',
  };
}

/** One workspace over Socket Mode, and several over HTTP, which install the app. */
export const SOCKET = {
  SLACK_BOT_TOKEN: CANARIES.slackBotToken,
  SLACK_APP_TOKEN: CANARIES.slackAppToken,
} satisfies Settings;
export const SEVERAL = {
  SLACK_SIGNING_SECRET: CANARIES.slackSigningSecret,
  SLACK_CLIENT_ID: '111.222',
  SLACK_CLIENT_SECRET: CANARIES.slackClientSecret,
  SLACK_STATE_SECRET: CANARIES.slackStateSecret,
} satisfies Settings;

/** The canaries that stand in settings. */
export function canariesOf(settings: Settings): string[] {
  const values = Object.values(settings).join(' ');
  return Object.values(CANARIES).filter((secret) => values.includes(secret));
}

/** The names of all canaries that stand in a text or file, in whatever form. */
export function canariesIn(text: string | Buffer): string[] {
  const words = typeof text === 'string' ? text : text.toString('latin1');
  return Object.entries(CANARIES).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => words.includes(form)) ? [name] : [],
  );
}

/** A part is as bad as the whole: of each form the middle half is looked for. */
function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const plain = [secret, json, encoded, encoded.toLowerCase(), encoded.replaceAll('%20', '+')];
  return [...plain.map(middle), ...base64Of(secret).map(middle)];
}

function middle(text: string): string {
  return text.slice(Math.floor(text.length / 4), Math.ceil((text.length * 3) / 4));
}

/** As it looks inside the base64 of a longer text: behind none, one or two bytes of a group of three. */
function base64Of(secret: string): string[] {
  return ['', 'x', 'xx'].flatMap((before) =>
    (['base64', 'base64url'] as const).map((alphabet) =>
      Buffer.from(`${before}${secret}`).toString(alphabet).replaceAll('=', ''),
    ),
  );
}
