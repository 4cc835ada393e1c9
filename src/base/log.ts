// The log: JSON lines of one vocabulary, joined by the request they belong to; secrets are cut out by value in every form in which they travel.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { pino } from 'pino';

/** Every field that a line may have beside `level`, `time`, `msg` and `request`; docs/operating.md shows this table. Durations are in ms. */
export const LOG_FIELDS = {
  err: 'what failed: `name`, `code`, `status`, `message`, the first lines of `stack`, `cause`',
  platform: '`discord`, `slack`, `terminal` or `web`',
  event: "what a platform sent us, with the platform's own id",
  command: 'a command of the bot, `unknown` for anything else',
  outcome: 'what became of a request, an answer, a call or a post',
  reference: 'the short reference that the person saw who met this failure',
  ms: 'how long it took',
  source: 'where data comes from: a price source, or the host of a Bittensor node',
  endpoint: 'the part of a source, or the route of a platform',
  code: "the platform's or the database's own word for what failed",
  reason: 'why, in words',
  detail: 'more about it, in words; never text of people',
  kind: 'the kind of a post, a card or a plan',
  delivery: 'id of a scheduled post in the database',
  alert: 'id of an alert in the database',
  digest: 'id of a digest in the database',
  attempt: 'which attempt it was, from 1',
  queue: 'platform and tenant whose posts wait together',
  fence: 'number of the lease by which this process may post',
  tenant: 'server, workspace or organisation, by its id',
  shard: 'connection to the Discord gateway',
  coin: "a coin, by CoinGecko's id",
  currency: 'a currency, by its code',
  block: 'a block of the chain',
  chart: 'file name of a picture',
  count: 'how many of what the message names',
  before: 'how many they were before',
  failures: 'how often it failed in a row',
  pauseMs: 'how long it is left alone from now on',
  lastedMs: 'how long it had lasted',
  limitMs: 'the deadline that it missed',
  aheadMs: 'how far a clock is ahead of another one',
} as const;

type Scalar = string | number | boolean | null | undefined;
export type LogFields = { err?: unknown } & { [name in Exclude<keyof typeof LOG_FIELDS, 'err'>]?: Scalar };

/** A static message, and fields of the vocabulary. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (fields: LogFields, message: string) => void>;

/** The request under way: it follows every promise and timer that begins inside. */
const underWay = new AsyncLocalStorage<{ id: string; since: number }>();

/** Runs `work` as one request: all that it logs carries the same id. `waitedMs`: since it arrived. */
export function asRequest<T>(work: () => T, waitedMs = 0): T {
  return underWay.run({ id: randomUUID().slice(0, 8), since: performance.now() - waitedMs }, work);
}

/** The id of the request under way, undefined outside. */
export function requestId(): string | undefined {
  return underWay.getStore()?.id;
}

/** Ms since the request under way arrived; 0 outside. */
export function requestAgeMs(): number {
  return performance.now() - (underWay.getStore()?.since ?? performance.now());
}

/** Shapes of secrets that can appear in errors of libraries: interaction tokens in Discord URLs, Slack tokens, response URLs, codes of installations. */
const SHAPES = [
  /(\/(?:webhooks|interactions)\/\d+\/)[\w-]{20,}/g,
  /\b(xox[abeprs]-|xapp-)[\w-]+/g,
  /(hooks\.slack\.com\/)[\w/]+/g,
  /()\b\d{9,}\.\d{9,}\.[0-9a-f]{32,}/g,
];

export type Redact = (text: string) => string;

/** `secrets`: values that must never be printed. */
export function createRedact(secrets: readonly string[]): Redact {
  // Longest first: a form may hold another one.
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const form of forms) clean = clean.replaceAll(form, '[secret]');
    for (const shape of SHAPES) clean = clean.replace(shape, '$1[secret]');
    return clean;
  };
}

/** As it is, inside JSON, inside JSON inside JSON, in addresses and forms, and in base64 (as in Basic authorisation). */
function formsOf(secret: string): string[] {
  const encoded = wellFormed(secret);
  const lower = encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const plain = [secret, inJson(secret), inJson(inJson(secret)), encoded, lower, encoded.replaceAll('%20', '+')];
  return secret.length < SHORTEST_ENCODED ? plain : [...plain, ...base64Of(secret)];
}

/** Shorter ones would match too much once they are encoded and trimmed. */
const SHORTEST_ENCODED = 8;

/** In both alphabets, behind any number of bytes; without the characters at the ends that the neighbours decide, too. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = Math.floor((bytes.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((alphabet) =>
      bytes.toString(alphabet).slice(Math.ceil((before * 8) / 6), whole),
    );
  });
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function wellFormed(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Creates the logger. `secrets` are values that must never be printed; `write` receives finished lines. */
export function createLog(options: { level: string; secrets: readonly string[]; write: (line: string) => void }): Log {
  const redact = createRedact(options.secrets);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      mixin: () => ({ request: requestId() }),
      serializers: {
        err: (thrown: unknown) => plainError(thrown, redact),
        detail: (words: unknown) => (typeof words === 'string' ? redact(words).slice(0, LONGEST_TEXT) : words),
      },
    },
    { write: (line: string) => options.write(redact(line)) },
  );
}

/**
 * Name, code, message and causes: library errors also hold request bodies and URLs with tokens, which stay out. What is thrown without being
 * an error is named by its kind and shown as far as it can be read. Secrets are cut out before a text is shortened: of a secret that a cut goes
 * through, a part would stay.
 */
export function plainError(error: unknown, redact: Redact, depth = 0): unknown {
  const short = (text: string): string => redact(text).slice(0, LONGEST_TEXT);
  if (!(error instanceof Error)) return { name: kindOf(error), message: short(inspect(error, SHALLOW)) };
  const { code, status } = error as { code?: unknown; status?: unknown };
  const isLast = error.cause === undefined || depth === MOST_CAUSES;
  const cause = isLast ? undefined : plainError(error.cause, redact, depth + 1);
  return {
    name: error.name,
    code,
    status,
    message: short(error.message),
    stack: error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
    cause,
  };
}

const LONGEST_TEXT = 500;
/** Further ones say nothing new, and an error may be its own cause. */
const MOST_CAUSES = 8;
const SHALLOW = { depth: 1, breakLength: Infinity, maxArrayLength: 5, maxStringLength: 100_000 };

function kindOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `thrown ${thrown === null ? 'null' : typeof thrown}`;
  return `thrown ${thrown.constructor?.name ?? 'object'}`;
}
