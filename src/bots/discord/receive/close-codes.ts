// Close codes of the gateway that end a connection for good, or ask for another number of shards.
/** More shards are wanted: their number is asked for anew (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway). */
export const SHARDING_REQUIRED = 4011;

/** Why the bot is off, and the remedy. */
export const TOKEN_REFUSED =
  'the token was refused: take a new one (Developer Portal ▸ Bot ▸ Reset Token), set it as DISCORD_TOKEN and start again';
/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway – codes after which clients must not reconnect. */
export const FATAL_CODES = new Map([
  [4004, TOKEN_REFUSED],
  [4010, 'the shard is invalid: correct DISCORD_SHARDS, or leave it out, and start again'],
  [4012, 'the API version is not valid any more: install a newer version of the bot'],
  [4013, 'the intents are invalid: install a newer version of the bot'],
  [
    4014,
    'the intents are not allowed: none of ours is privileged (Developer Portal ▸ Bot ▸ Privileged Gateway Intents may stay off), so look there whether Discord restricts the app, install a newer version of the bot, and start again',
  ],
]);
const FATAL_MESSAGES = new Map([
  ['Authentication failed', 4004],
  ['Invalid shard', 4010],
  ['Used an invalid API version', 4012],
  ['Used invalid intents', 4013],
  ['Used disallowed intents', 4014],
]);

/** Close codes during login arrive as errors with only a message; a 401 of the gateway's address as an invalid token. */
export function fatalCode(error: unknown): number | null {
  const inner = error instanceof Error ? error : (error as { error?: unknown } | null)?.error;
  if (!(inner instanceof Error)) return null;
  if ((inner as { code?: unknown }).code === 'TokenInvalid') return 4004;
  return FATAL_MESSAGES.get(inner.message) ?? null;
}

/** What @discordjs/ws says, with an ISO time, when `session_start_limit` of `GET /gateway/bot` has nothing left. */
const NO_SESSIONS = /^Not enough sessions remaining .*resets at (\d{4}-\d\d-\d\d)T(\d\d:\d\d)/;

/** Why there is no connection yet, when trying again may help. */
export function troubleOf(error: unknown): string {
  const [, day, time] = NO_SESSIONS.exec(error instanceof Error ? error.message : '') ?? [];
  return time === undefined
    ? 'Discord cannot be reached, trying again'
    : `Discord takes no new connection until ${day} ${time} UTC (1,000 a day, too many starts of the bot), trying again`;
}
