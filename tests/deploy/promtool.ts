// Prometheus's own checker, for tests that are skipped where it is not installed.
import { spawnSync } from 'node:child_process';

/** `PROMTOOL`, or the one on the path; it comes with Prometheus (Debian and Ubuntu: the package `prometheus`). */
const COMMAND = process.env['PROMTOOL'] ?? 'promtool';

export const hasPromtool = spawnSync(COMMAND, ['--version']).status === 0;

/** What it says on both channels, and its exit code: 0 is well, 3 a complaint of style. */
export function promtool(words: readonly string[], input = ''): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(COMMAND, words, { input, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
