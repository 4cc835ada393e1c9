// One node of the chain over JSON-RPC: single calls (no batches), what it refuses and until when, which methods it lacks.
import type { Log } from '../../base/log.ts';
import { z } from 'zod';
import { createHttp } from '../../http/client.ts';
import { HOUR } from '../../base/clock.ts';

/** `absent`: the node does not know the method. `reason` is a sentence part for people. */
export type RpcOutcome<T> = { kind: 'ok'; data: T } | { kind: 'absent' } | { kind: 'failed'; reason: string };

export type RpcRequest<T> = {
  method: string;
  params: readonly unknown[];
  result: z.ZodType<T>;
  deadlineMs?: number;
  maxBytes?: number;
};

export type RpcNode = {
  /** Host of the node: a path may hold a key. */
  readonly name: string;
  /** Why the node is not to be asked now, and until when (steady ms); null when it may be. */
  pause(): { reason: string; until: number } | null;
  /** Calls the node unless it pauses. Never throws. */
  call<T>(request: RpcRequest<T>): Promise<RpcOutcome<T>>;
  /** Leaves the node alone for `forMs`: what it says is of no use. Told in the log once, until `trust`. */
  refuse(reason: string, forMs: number): void;
  /** Ends such a refusal early: the node has proven itself. */
  trust(): void;
  close(): Promise<void>;
};

const DEADLINE_MS = 5_000;
const MAX_BYTES = 300_000;
/** A node that lacks a method gets it with its next upgrade. */
const ABSENT_MS = 6 * HOUR;
/** The public nodes count requests per minute: HTTP 429 or an error with "policy": "http_60s" (entrypoint-finney.opentensor.ai). */
const LIMITED_MS = 60_000;
/** A node that fails is asked again after this or later; the HTTP client does not say when. */
const SHORTEST_PAUSE_MS = 30_000;
/** -32004 "Historical work rate limit exceeded": an archive's budget for past blocks refills slowly. */
const HISTORY_BUDGET = -32_004;
const HISTORY_BUDGET_MS = 300_000;
const METHOD_NOT_FOUND = -32_601;
/** -32005 and -32029 (OnFinality): too many requests. */
const LIMIT_CODES: ReadonlySet<number> = new Set([HISTORY_BUDGET, -32_005, -32_029, 429]);
const LIMIT_WORDS = /too many requests|rate.?limit/iu;

const Answer = z.union([
  z.object({ error: z.object({ code: z.number(), message: z.string().catch('') }) }),
  z.object({ id: z.number(), result: z.unknown() }),
]);

/** `clock` is a steady clock: epoch ms at the start, never stepping since. */
export function createNode(options: { url: string; clock: () => number; log?: Log }): RpcNode {
  const { url, clock, log } = options;
  const name = new URL(url).host;
  const http = createHttp({ name: `the Bittensor node ${name}`, now: clock, ...(log ? { log } : {}) });
  const absent = new Map<string, number>();
  let refusal: { reason: string; until: number } | null = null;
  let lastId = 0;

  function refuse(reason: string, forMs: number): void {
    if (refusal === null) log?.warn({ source: name, reason, pauseMs: forMs }, 'Bittensor node is left alone');
    refusal = { reason, until: clock() + forMs };
  }

  function trust(): void {
    if (refusal !== null) log?.info({ source: name, reason: refusal.reason }, 'Bittensor node is used again');
    refusal = null;
  }

  function pause(): { reason: string; until: number } | null {
    if (refusal !== null && clock() < refusal.until) return refusal;
    const paused = http.pausing();
    if (paused === null || !('reason' in paused)) return null;
    return { reason: paused.reason, until: 'until' in paused ? paused.until : clock() + SHORTEST_PAUSE_MS };
  }

  async function call<T>(request: RpcRequest<T>): Promise<RpcOutcome<T>> {
    const { method, params, result } = request;
    if (clock() < (absent.get(method) ?? 0)) return { kind: 'absent' };
    const paused = pause();
    if (paused !== null) return { kind: 'failed', reason: paused.reason };
    const id = ++lastId;
    const answer = await http.getJson(url, {
      schema: Answer,
      post: { jsonrpc: '2.0', id, method, params },
      deadlineMs: request.deadlineMs ?? DEADLINE_MS,
      maxBytes: request.maxBytes ?? MAX_BYTES,
    });
    if (answer.kind === 'missing') return { kind: 'failed', reason: `${name} has no JSON-RPC at its address` };
    if (answer.kind !== 'ok') return { kind: 'failed', reason: answer.reason };
    if ('error' in answer.data) return refused(method, answer.data.error);
    const parsed = answer.data.id === id ? result.safeParse(answer.data.result) : null;
    if (parsed?.success) return { kind: 'ok', data: parsed.data };
    return { kind: 'failed', reason: `${name} answered ${method} in an unknown form` };
  }

  function refused(method: string, error: { code: number; message: string }): RpcOutcome<never> {
    if (error.code === METHOD_NOT_FOUND) {
      absent.set(method, clock() + ABSENT_MS);
      return { kind: 'absent' };
    }
    if (!LIMIT_CODES.has(error.code) && !LIMIT_WORDS.test(error.message))
      return { kind: 'failed', reason: `${name} answered ${method} with error ${error.code}` };
    const reason = `${name} is rate-limiting us`;
    refuse(reason, error.code === HISTORY_BUDGET ? HISTORY_BUDGET_MS : LIMITED_MS);
    return { kind: 'failed', reason };
  }

  return { name, pause, call, refuse, trust, close: () => http.close() };
}
