// What ails a source is in the log once, however many calls and endpoints it stops; a second cause has a line of its own.
import { expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { createSourceHealth } from '../../src/http/source-health.ts';

function scene() {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', secrets: [], write: (line) => void lines.push(line) });
  let clock = 1000;
  const health = createSourceHealth({ name: 'CoinGecko', now: () => clock, log });
  const told = () => lines.map((line) => (JSON.parse(line) as { reason: string }).reason);
  return { health, told, later: (ms: number) => (clock += ms) };
}

it('calls that fail side by side, of one endpoint and of several', () => {
  const { health, told } = scene();
  for (const endpoint of ['prices', 'prices', 'list', 'largest', 'prices'])
    health.failed(endpoint, 'could not be reached', 900);
  expect(told()).toEqual(['could not be reached']);
});

it('another cause, and the same one after it was over', () => {
  const { health, told, later } = scene();
  health.failed('prices', 'could not be reached', 900);
  health.failed('list', 'answered 500', 900);
  later(60_000);
  health.succeeded('prices', 61_000);
  later(1000);
  health.failed('prices', 'could not be reached', 61_900);
  expect(told()).toEqual(['could not be reached', 'answered 500', 'could not be reached']);
});
