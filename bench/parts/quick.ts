// The short form of the bench, asked for by `npm run bench -- --quick`: smaller sizes where the figures still mean the same.
import { tmpdir } from 'node:os';
import path from 'node:path';

const QUICK = 'TAOBOT_BENCH_QUICK';

/** Compiled modules of the bench and its far ends, which are most of what a small part would wait for. */
const COMPILED = path.join(tmpdir(), 'taobot-bench-compiled');

/** What a part of the bench is started with to be quick. */
export const quickEnvironment = (quick: boolean): Record<string, string> =>
  quick ? { [QUICK]: '1', NODE_COMPILE_CACHE: COMPILED } : {};

export function isQuick(): boolean {
  return process.env[QUICK] === '1';
}
