// The log: JSON lines with a static message and fields; secrets are cut out by value in every form in which they travel, tokens by shape.
import { inspect } from 'node:util';
import { pino, type Logger } from 'pino';

export type { Logger };

/** The part of the logger that the rooms use: a static message, and fields. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>;

/** Shapes of secrets that can appear in errors of libraries: interaction tokens in Discord URLs, Slack tokens, response URLs. */
const SHAPES = [
  /(\/(?:webhooks|interactions)\/\d+\/)[\w-]{20,}/g,
  /\b(xox[abeprs]-|xapp-)[\w-]+/g,
  /(hooks\.slack\.com\/)[\w/]+/g,
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

/** As it is, inside JSON, inside JSON inside JSON, and in addresses and forms. */
function formsOf(secret: string): string[] {
  const encoded = wellFormed(secret);
  const lower = encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [secret, inJson(secret), inJson(inJson(secret)), encoded, lower, encoded.replaceAll('%20', '+')];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function wellFormed(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Creates the logger. `secrets` are values that must never be printed; `write` receives finished lines. */
export function createLog(options: {
  level: string;
  secrets: readonly string[];
  write: (line: string) => void;
}): Logger {
  const redact = createRedact(options.secrets);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError, error: plainError },
    },
    { write: (line: string) => options.write(redact(line)) },
  );
}

/**
 * Name, code, message and causes: library errors also hold request bodies and URLs with tokens, which stay out. What is thrown without being
 * an error is named by its kind and shown as far as it can be read.
 */
export function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: kindOf(error), message: inspect(error, SHORT).slice(0, 500) };
  const { code, status } = error as { code?: unknown; status?: unknown };
  const cause = error.cause === undefined ? undefined : plainError(error.cause);
  return {
    name: error.name,
    code,
    status,
    message: error.message.slice(0, 500),
    stack: error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
    cause,
  };
}

const SHORT = { depth: 1, breakLength: Infinity, maxArrayLength: 5, maxStringLength: 300 };

function kindOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `thrown ${thrown === null ? 'null' : typeof thrown}`;
  return `thrown ${thrown.constructor?.name ?? 'object'}`;
}
