// The house rules that a machine can check: who may import whom, packages in their rooms, no clock or environment where they do not belong.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');
const BUILT_IN = /^node:/;

/** Room → rooms it may import values from (types may come from anywhere below) and packages it may use. */
const RULES: Record<string, { rooms: readonly string[]; types?: readonly string[]; packages: readonly RegExp[] }> = {
  'bots/discord': { rooms: ['app', 'bots', 'errors'], types: ['log'], packages: [/^discord\.js$/] },
  'bots/slack': { rooms: ['app', 'bots', 'errors'], types: ['log'], packages: [/^@slack\//] },
  'bots/terminal': { rooms: ['app', 'bots', 'errors'], types: ['log'], packages: [] },
  bots: { rooms: ['app', 'errors'], types: ['log'], packages: [] },
  app: { rooms: ['app', 'errors'], types: ['content', 'market', 'charts', 'digests', 'store'], packages: [] },
  content: {
    rooms: ['content', 'errors'],
    packages: [/^zod$/, /^js-yaml$/, /^marked$/, /^minisearch$/, /^snowball-stemmers$/],
  },
  market: { rooms: ['market', 'errors'], types: ['log'], packages: [/^undici$/, /^zod$/] },
  charts: { rooms: ['charts', 'errors'], types: ['market', 'app'], packages: [/^sharp$/, /^fontkit$/, /^d3-/] },
  digests: { rooms: ['digests', 'app', 'store', 'errors'], types: ['bots', 'log', 'market'], packages: [/^kysely$/] },
  store: {
    rooms: ['store', 'errors'],
    types: ['app', 'market', 'digests', 'bots'],
    packages: [/^kysely(\/migration)?$/, /^pg$/],
  },
  web: {
    rooms: ['web', 'app', 'errors'],
    types: ['content', 'market'],
    packages: [/^hono(\/|$)/, /^@hono\/node-server$/],
  },
};
/** Pure formatting is shared by the pictures. */
const EXTRA: readonly [string, string][] = [['charts', 'src/app/format.ts']];
/** Wires everything: may import all. */
const WIRING = new Set([
  'src/main.mjs',
  'src/start.ts',
  'src/run.ts',
  'src/platforms.ts',
  'src/gauges.ts',
  'src/core.ts',
  'src/ask.ts',
]);
const SHARED = new Set(['src/errors.ts', 'src/log.ts', 'src/config.ts', 'src/settings.ts']);

type File = { file: string; text: string };

function roomOf(file: string): string {
  const inside = file.replace(/^src\//, '');
  const bot = /^bots\/(discord|slack|terminal)\//.exec(inside);
  if (bot !== null) return `bots/${bot[1]}`;
  return inside.includes('/') ? (inside.split('/')[0] ?? '') : inside.replace(/\.ts$/, '');
}

/** All broken rules of one file, in words. */
export function violations({ file, text }: File): string[] {
  const found: string[] = [];
  const room = roomOf(file);
  const rule = RULES[room];
  if (!WIRING.has(file) && !SHARED.has(file) && rule !== undefined)
    found.push(...importViolations(file, text, room, rule));
  if (!WIRING.has(file) && !SHARED.has(file) && rule === undefined) found.push(`${file}: no such room`);
  if (file !== 'src/config.ts' && /process\.env/.test(text)) found.push(`${file}: process.env belongs to config.ts`);
  if (
    !['src/main.mjs', 'src/start.ts'].includes(file) &&
    /process\.exit\b|process\.on\(|Date\.now\(|new Date\(\)/.test(text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, ''))
  )
    found.push(`${file}: exit, signals and the real clock belong to main.ts`);
  if (text.split('\n').length > 251) found.push(`${file}: longer than 250 lines`);
  if (!/^(#!.*\n)?(\/\/|\/\*) ?\S/.test(text)) found.push(`${file}: does not open with a sentence on what it is for`);
  if (/^export \* from/m.test(text)) found.push(`${file}: barrel export`);
  return found;
}

function importViolations(file: string, text: string, room: string, rule: (typeof RULES)[string]): string[] {
  const found: string[] = [];
  for (const [, typeOnly, from = '', dynamic = ''] of text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/g,
  )) {
    const target = from || dynamic;
    if (BUILT_IN.test(target)) continue;
    if (!target.startsWith('.')) {
      if (typeOnly === undefined && !rule.packages.some((pattern) => pattern.test(target)))
        found.push(`${file}: package ${target} is not of room ${room}`);
      continue;
    }
    const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
    const other = roomOf(resolved);
    const sibling = room.startsWith('bots/') && other.startsWith('bots/') && other !== room;
    const allowed =
      !sibling &&
      (other === room ||
        rule.rooms.includes(other) ||
        EXTRA.some(([from, exact]) => from === room && exact === resolved));
    const asType = typeOnly !== undefined && (rule.types ?? []).includes(other.startsWith('bots/') ? 'bots' : other);
    if (!allowed && !asType) found.push(`${file}: room ${room} must not import ${resolved}`);
  }
  return found;
}

function sources(): File[] {
  const names = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `src/${name.replaceAll(path.sep, '/')}`,
  );
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

it('every source file keeps the house rules', () => {
  expect(sources().flatMap(violations)).toEqual([]);
});

describe('a planted violation of each rule is seen', () => {
  const open = '// For a test.\n';
  it.each([
    ['src/app/x.ts', `${open}import { createMarket } from '../market/create.ts';`, 'must not import'],
    ['src/app/x.ts', `${open}import { z } from 'zod';`, 'package zod'],
    ['src/bots/discord/x.ts', `${open}import { render } from '../slack/render.ts';`, 'must not import'],
    ['src/bots/slack/x.ts', `${open}import { Client } from 'discord.js';`, 'package discord.js'],
    ['src/content/x.ts', `${open}import type { Market } from '../market/market.ts';`, 'must not import'],
    ['src/market/x.ts', `${open}import { openDatabase } from '../store/db.ts';`, 'must not import'],
    ['src/charts/x.ts', `${open}import { coin } from '../app/commands/coin.ts';`, 'must not import'],
    ['src/digests/x.ts', `${open}import { createDiscordBot } from '../bots/discord/bot.ts';`, 'must not import'],
    ['src/store/x.ts', `${open}import { dispatch } from '../app/dispatch.ts';`, 'must not import'],
    ['src/web/x.ts', `${open}import { loadContent } from '../content/load.ts';`, 'must not import'],
    ['src/web/x.ts', `${open}const core = await import('../core.ts');`, 'must not import'],
    ['src/helpers/x.ts', open, 'no such room'],
    ['src/app/x.ts', `${open}const a = process.env.X;`, 'process.env'],
    ['src/app/x.ts', `${open}const a = Date.now();`, 'clock'],
    ['src/app/x.ts', `${open}process.exit(1);`, 'clock'],
    ['src/app/x.ts', open + '\n'.repeat(260), 'longer'],
    ['src/app/x.ts', 'export const a = 1;', 'sentence'],
    ['src/app/x.ts', `${open}export * from './card.ts';`, 'barrel'],
  ])('%s: %s', (file, text, words) => {
    expect(violations({ file, text }).join('\n')).toContain(words);
  });
});
