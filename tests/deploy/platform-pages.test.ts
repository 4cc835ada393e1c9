// The pages of the platforms state scopes, events and limits as the code has them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONNECTIONS, REQUESTS_PER_SECOND } from '../../src/bots/discord/limits.ts';
import { BOT_SCOPES, OPTIONAL_SCOPES } from '../../src/bots/slack/auth/scopes.ts';
import { CONNECTIONS as SLACK_CONNECTIONS } from '../../src/bots/slack/limits.ts';
import { createMetrics } from '../../src/web/health/metrics.ts';
import { startMeasures } from '../../src/wiring/health/measures.ts';

const page = (name: string) => readFileSync(path.join(import.meta.dirname, '../../docs', name), 'utf8');

const listed = (words: readonly (string | undefined)[]) =>
  [...words].map(String).toSorted((a, b) => a.localeCompare(b));

it('docs/slack.md gives every scope its reason once, those that may be declined in a table of their own', () => {
  const [needed = '', optional = ''] = page('slack.md').split('\nOptional; people may decline');
  const scopesOf = (text: string) =>
    [...text.matchAll(/^\| (`[a-z_]+(?::|`).*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z_]+(?:[:.][a-z_]+)*)`/g)].map(([, scope]) => scope),
    );
  const table = /\n## Scopes and why\n([^]*)/.exec(needed)?.[1] ?? '';
  expect(listed(scopesOf(table))).toEqual(listed(BOT_SCOPES));
  expect(listed(scopesOf(optional.split('\n## ')[0] ?? ''))).toEqual(listed(OPTIONAL_SCOPES));
});

it('the limits of our own are those of the code', () => {
  expect(page('discord.md')).toContain(`one pacer (${REQUESTS_PER_SECOND} per second`);
  expect(page('discord.md')).toContain(`at most ${CONNECTIONS} connections`);
  expect(page('slack.md')).toContain(`share ${SLACK_CONNECTIONS} connections`);
});

it('the events that the pages name are counted', async () => {
  const metrics = createMetrics();
  startMeasures(metrics).close();
  const told = await metrics.render();
  const named = new Set(
    ['discord.md', 'slack.md', 'scaling.md'].flatMap(
      (name) => page(name).match(/\b(?:discord|slack)_[a-z]+_[a-z0-9]+/g) ?? [],
    ),
  );
  expect(named.size).toBeGreaterThan(5);
  for (const event of named) expect(told, event).toContain(`taobot_events_total{event="${event}"} 0`);
});
