// The log: JSON lines with a static message and fields; secrets are cut out by value, tokens in URLs by shape.
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

/** Creates the logger. `secrets` are values that must never be printed; `write` receives finished lines. */
export function createLog(options: {
  level: string;
  secrets: readonly string[];
  write: (line: string) => void;
}): Logger {
  const redact = (line: string): string => {
    let clean = line;
    for (const secret of options.secrets) clean = clean.replaceAll(secret, '[secret]');
    for (const shape of SHAPES) clean = clean.replace(shape, '$1[secret]');
    return clean;
  };
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

/** Name, code, message and causes: library errors also hold request bodies and URLs with tokens, which stay out. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error).slice(0, 500);
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
