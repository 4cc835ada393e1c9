// Reads block height and total issuance of the Bittensor chain over plain JSON-RPC; no chain library.
import type { Log } from '../base/log.ts';
import { z } from 'zod';
import { createHttp } from '../http/client.ts';
import type { Chain, ChainState } from './chain.ts';
import type { MarketMemory } from '../base/memory.ts';
import { HOUR, MINUTE, realSleep, type Sleep, waitAtMost } from '../base/clock.ts';

export type ChainOptions = {
  /** JSON-RPC endpoint, plain HTTP POST. */
  url: string;
  memory: MarketMemory;
  now: () => number;
  sleep?: Sleep;
  log?: Log;
  /** Longest wait of an asker and longest life of a call, in ms. */
  waitMs?: number;
  deadlineMs?: number;
};

/** twox128("SubtensorModule") + twox128("TotalIssuance"): the storage key of the issuance, a SCALE u64 in rao. */
const ISSUANCE_KEY = '0x658faa385070e074c85bf6b568cf055557c875e4cff74148e4628f264b974c80';
const RAO_PER_TAO = 1_000_000_000n;
const MAX_SUPPLY_RAO = 21_000_000n * RAO_PER_TAO;
/** Blocks come every 12 s; a reading once a minute is as fine as anybody looks. */
const FRESH_MS = MINUTE;
const RETRY_MS = 15_000;
/** Readings that agree with each other for so long are right, whatever was believed before. */
const INSIST_MS = HOUR;

const Header = z.object({
  result: z.object({
    number: z
      .string()
      .regex(/^0x[0-9a-f]{1,8}$/iu)
      .transform((hex) => Number.parseInt(hex, 16))
      .pipe(z.number().positive()),
  }),
});
/** Null (a wrong key or a node without the pallet) is not zero: it fails the schema. */
const Storage = z.object({
  result: z
    .string()
    .regex(/^0x[0-9a-f]{16}$/iu)
    .transform((hex) => Buffer.from(hex.slice(2), 'hex').readBigUInt64LE()),
});
const Stored = z.object({ block: z.number(), issuanceRao: z.string().regex(/^\d{1,20}$/u), at: z.number() });

/** Whether `seen` can follow `last`: recycling may lower the issuance by under 1 %, a node may lag by under 1,000 blocks. */
function canFollow(seen: ChainState, last: ChainState): boolean {
  const advance = seen.block - last.block;
  const newest = 1_000 + Math.max(0, seen.at - last.at) / 1_000; // one block a second at the very most
  const slack = last.issuanceRao / 100n;
  const minted = BigInt(Math.max(0, advance)) * RAO_PER_TAO; // never more than 1 TAO a block
  return (
    advance >= -1_000 &&
    advance <= newest &&
    seen.issuanceRao >= last.issuanceRao - slack &&
    seen.issuanceRao <= last.issuanceRao + slack + minted
  );
}

export function createChain(options: ChainOptions): Chain {
  const { url, memory, now, log } = options;
  const sleep = options.sleep ?? realSleep;
  const waitMs = options.waitMs ?? 1_200;
  const http = createHttp({ name: 'the Bittensor node', now, ...(log ? { log } : {}) });
  const key = `chain:${url}`; // another endpoint may be another chain
  let last: ChainState | null = null;
  let refused: { since: number; state: ChainState } | null = null;
  let reason = 'the Bittensor node did not answer in time';
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let loading: Promise<void> | null = null;

  async function call<T>(method: string, params: readonly unknown[], schema: z.ZodType<T>): Promise<T | null> {
    const post = { jsonrpc: '2.0', id: 1, method, params };
    const answer = await http.getJson(url, {
      schema,
      post,
      deadlineMs: options.deadlineMs ?? 5_000,
      maxBytes: 100_000,
    });
    if (answer.kind === 'ok') return answer.data;
    reason = answer.kind === 'missing' ? 'the Bittensor node does not know this address' : answer.reason;
    return null;
  }

  async function read(): Promise<void> {
    const [header, storage] = await Promise.all([
      call('chain_getHeader', [], Header),
      call('state_getStorage', [ISSUANCE_KEY], Storage),
    ]);
    if (header === null || storage === null) return;
    const seen = { block: header.result.number, issuanceRao: storage.result, at: now() };
    if (!believe(seen)) {
      reason = 'the Bittensor node sends implausible numbers';
      log?.warn({ block: seen.block, issuanceRao: String(seen.issuanceRao) }, 'chain reading refused');
      return;
    }
    last = seen;
    refused = null;
    const json = JSON.stringify({ ...seen, issuanceRao: String(seen.issuanceRao) });
    await memory.saveQuotes([{ key, json, at: seen.at }]).catch((error: unknown) => {
      log?.warn({ error: String(error) }, 'chain state could not be saved');
    });
  }

  function believe(seen: ChainState): boolean {
    if (seen.issuanceRao <= 0n || seen.issuanceRao > MAX_SUPPLY_RAO) return false;
    if (last === null || canFollow(seen, last)) return true;
    const since = refused !== null && canFollow(seen, refused.state) ? refused.since : seen.at;
    refused = { since, state: seen };
    return seen.at - since >= INSIST_MS;
  }

  async function load(): Promise<void> {
    const rows = await memory.loadQuotes().catch(() => []);
    const parsed = Stored.safeParse(parse(rows.find((row) => row.key === key)?.json));
    if (parsed.success) last ??= { ...parsed.data, issuanceRao: BigInt(parsed.data.issuanceRao) };
  }

  function refresh(): Promise<void> {
    triedAt = now();
    running ??= read().finally(() => {
      running = null;
    });
    return running;
  }

  async function state(): ReturnType<Chain['state']> {
    loading ??= load();
    await loading;
    const at = now();
    const stale = last === null || at - last.at >= FRESH_MS;
    if (running !== null || (stale && at - triedAt >= RETRY_MS)) await waitAtMost(running ?? refresh(), waitMs, sleep);
    return last === null ? { state: null, reason } : { state: last };
  }

  return {
    start: () => void state(),
    state,
    close: () => http.close(),
  };
}

function parse(json: string | undefined): unknown {
  try {
    return json === undefined ? null : (JSON.parse(json) as unknown);
  } catch {
    return null;
  }
}
