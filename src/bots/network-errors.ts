// What a failed connection means for a post: certainly not delivered, or perhaps.
import type { PostOutcome } from './bot.ts';

export type NetworkFailure = Extract<PostOutcome, { kind: 'not-sent' | 'ambiguous' }>;

/** Codes of Node, OpenSSL and undici, and our own `busy` (connections.ts), for failures before the first byte of the request was written. */
const NEVER_SENT =
  /^(busy|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|ERR_SSL.*|CERT_.*|DEPTH_ZERO.*|SELF_SIGNED.*|UNABLE_TO_.*)$/;
const LONGEST_CHAIN = 5;

/** Refused or unresolved connections were never sent; everything else may have arrived. */
export function networkFailure(error: unknown): NetworkFailure {
  const codes = causes(error);
  const [code = error instanceof Error ? error.name : 'unknown'] = codes;
  return codes.length > 0 && codes.every((each) => NEVER_SENT.test(each))
    ? { kind: 'not-sent', code }
    : { kind: 'ambiguous', code };
}

/** Codes along the chain of causes; the failed attempts of several addresses count each. */
function causes(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < LONGEST_CHAIN && current instanceof Error; depth++) {
    if (current instanceof AggregateError && current.errors.length > 0)
      return [...codes, ...current.errors.flatMap(causes)];
    const { code } = current as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
    else if (current.name === 'AbortError') codes.push('timeout');
    current = current.cause;
  }
  return codes;
}
