// The flags of Node and the settings of the allocator with which `npm start` runs: memory and pauses depend on them, so what is measured has them, too.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BOUNDED_GROWTH } from '../../src/base/loading/late-modules.ts';

const { start } = (
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    scripts: { start: string };
  }
).scripts;

export const START_FLAGS: readonly string[] = start.match(/--[a-z0-9=-]+(?=.*?src\/main\.mjs \|\|)/gu) ?? [];

/** What a bot has set for itself a few seconds after its start, and `gc` for whoever measures: for what runs without a start. */
export const CALM_FLAGS: readonly string[] = [...START_FLAGS, BOUNDED_GROWTH, '--expose-gc'];

/** Variables of glibc's `malloc`, which other systems ignore: docs/decisions/0014-garbage-collection.md. */
export const START_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
  start.matchAll(/\b(MALLOC_\w+)=(\d+)/gu).map(([, name = '', value = '']) => [name, value]),
);
