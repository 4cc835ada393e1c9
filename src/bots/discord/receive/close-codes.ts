// Close codes of the gateway that end a connection for good, or ask for another number of shards.
/** More shards are wanted: their number is asked for anew (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway). */
export const SHARDING_REQUIRED = 4011;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway – codes after which clients must not reconnect. */
export const FATAL_CODES = new Map([
  [4004, 'the token was refused'],
  [4010, 'the shard is invalid'],
  [4012, 'the API version is not valid any more'],
  [4013, 'the intents are invalid'],
  [4014, 'the intents are not allowed'],
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
