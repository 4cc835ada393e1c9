// The house rules that a machine can check: who may import whom (types included), packages in their rooms, sizes, no clock or environment where they do not belong.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cyclesOf, importsOf, roomOf, type SourceFile, sourceFiles } from '../scripts/structure.ts';

/** A room: the rooms it may import, those it may only take types from, and its packages. A room includes its subfolders. */
type Rule = { rooms: readonly string[]; types?: readonly string[]; packages?: readonly RegExp[] };

const CACHE = /^lru-cache$/;
/** The packages of a bot, by its folder: a new one that has none needs no row. */
const SDKS: Readonly<Record<string, RegExp>> = { discord: /^discord\.js$/, slack: /^@slack\// };
/** The parts of a bot, and which of the others each may import. All may import the folder itself. */
const BOT_PARTS: Readonly<Record<string, readonly string[]>> = {
  auth: [],
  render: [],
  send: ['auth', 'render'],
  receive: ['auth', 'render', 'send'],
};

const RULES: Readonly<Record<string, Rule>> = {
  base: { rooms: [], packages: [/^pino$/, CACHE] },
  format: { rooms: ['base'], packages: [CACHE] },
  http: { rooms: ['base'], packages: [/^undici$/, /^zod$/, CACHE] },
  content: { rooms: ['base', 'market/fallback/sources'], packages: [/^zod$/, /^js-yaml$/, /^marked$/] },
  faq: { rooms: ['base'], types: ['content'], packages: [/^minisearch$/, /^snowball-stemmers$/, CACHE] },
  market: { rooms: ['base', 'http'], packages: [/^zod$/, CACHE] },
  chain: { rooms: ['base', 'http'], packages: [/^zod$/, CACHE] },
  sample: {
    rooms: [
      'base',
      ...['public-row', 'quote-results', 'currencies', 'directory/builtin-coins'].map((part) => `market/${part}`),
      'chain/subnets/find',
    ],
    types: ['market', 'chain'],
  },
  charts: { rooms: ['base', 'format'], packages: [/^sharp$/, /^fontkit$/, /^d3-/] },
  app: {
    rooms: ['base', 'format'],
    types: ['content', 'faq', 'market', 'chain', 'charts', 'digests', 'alerts', 'tickers'],
    packages: [CACHE],
  },
  bots: { rooms: ['app', 'format', 'base'], packages: [/^undici$/, CACHE] },
  delivery: { rooms: ['base', 'store'], types: ['app', 'bots'], packages: [CACHE, /^kysely$/] },
  digests: { rooms: ['delivery', 'store', 'format', 'base'], types: ['app', 'bots'], packages: [/^kysely$/, CACHE] },
  alerts: {
    rooms: ['delivery', 'store', 'base'],
    types: ['app', 'bots', 'market', 'chain'],
    packages: [/^kysely$/, CACHE],
  },
  tickers: { rooms: ['store', 'base'], types: ['bots'] },
  store: {
    rooms: ['base'],
    types: ['app', 'bots', 'delivery', 'digests', 'market', 'chain'],
    packages: [/^kysely(\/migration)?$/, /^pg$/, CACHE],
  },
  web: {
    rooms: ['app', 'format', 'base'],
    types: ['content', 'market', 'chain'],
    packages: [/^hono(\/|$)/, /^@hono\/node-server$/, /^@modelcontextprotocol\/sdk\//, /^zod$/, /^prom-client\/lib\//],
  },
  config: {
    rooms: ['base', 'market/currencies', 'market/fallback/sources', 'bots/discord/shards/shard-list'],
    packages: [/^zod$/],
  },
  training: { rooms: ['faq', 'content', 'store', 'base'], packages: [/^zod$/] },
};

/** The rule of a room of RULES, or of a folder of `bots`, which all keep the same ones; undefined for no room. */
function ruleOf(room: string): Rule | undefined {
  const [, name, part] = /^bots\/([a-z-]+)(?:\/([a-z]+))?$/.exec(room) ?? [];
  if (name === undefined) return RULES[room];
  const bot = `bots/${name}`;
  const parts = part === undefined ? Object.keys(BOT_PARTS) : (BOT_PARTS[part] ?? []);
  const formats = part === undefined || part === 'render' ? ['format'] : [];
  const sdk = SDKS[name] === undefined ? [] : [SDKS[name]];
  return {
    rooms: [bot, ...parts.map((other) => `${bot}/${other}`), 'bots', 'app', 'base', ...formats],
    packages: part === 'render' ? sdk : [...sdk, CACHE],
  };
}

const WIRING = new Set(['cli', 'wiring']); // rooms that know everybody
/** A file of `base` serves at least so many rooms; a token bucket is worth sharing between two. */
const FEWEST_USERS = 3;
const FEWER_USERS: Readonly<Record<string, number>> = { 'src/base/token-bucket.ts': 2 };
const MOST_LINES = 250;
const MOST_FILES = 12;

const isLong = ({ text }: SourceFile): boolean => text.split('\n').length > MOST_LINES + 1;

/** All broken rules of one file, in words. */
function violations(source: SourceFile): string[] {
  const { file, text } = source;
  const code = text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  const found = WIRING.has(roomOf(file)) ? [] : importViolations(source);
  const mind = (broken: boolean, words: string) => void (broken && found.push(`${file}: ${words}`));
  mind(file !== 'src/config/config.ts' && /process\.env/.test(text), 'process.env belongs to config.ts');
  mind(
    file !== 'src/cli.ts' &&
      !file.startsWith('training/') &&
      /process\.exit\b|process\.on\(|Date\.now\(|new Date\(\)/.test(code),
    'exit, signals and the real clock belong to cli.ts',
  );
  mind(isLong(source), `longer than ${MOST_LINES} lines`);
  mind(!/^(#!.*\n)?(\/\/|\/\*) ?\S/.test(text), 'does not open with a sentence on what it is for');
  mind(/^export \* from/m.test(text), 'barrel export');
  mind(/^export default /m.test(text), 'default export');
  return found;
}

function importViolations(source: SourceFile): string[] {
  const room = roomOf(source.file);
  const rule = ruleOf(room);
  if (rule === undefined) return [`${source.file}: no such room`];
  return importsOf(source).flatMap(({ target, types, local }) => {
    if (!local)
      return types || (rule.packages ?? []).some((pattern) => pattern.test(target))
        ? []
        : [`${source.file}: package ${target} is not of room ${room}`];
    const other = roomOf(target);
    const exact = target.replace(/^src\//, '').replace(/\.ts$/, '');
    const allowed = other === room || rule.rooms.includes(other) || rule.rooms.includes(exact);
    const asType = types && (rule.types ?? []).includes(other);
    return allowed || asType
      ? []
      : [`${source.file}: room ${room} must not import ${target}${types ? ' (as a type)' : ''}`];
  });
}

/** Files of `base` that serve too few rooms to stand there. */
function drawerFiles(files: readonly SourceFile[]): string[] {
  const users = new Map<string, Set<string>>();
  for (const source of files)
    for (const { target } of importsOf(source))
      if (target.startsWith('src/base/') && roomOf(source.file) !== 'base')
        users.set(target, (users.get(target) ?? new Set()).add(roomOf(source.file).split('/').slice(0, 2).join('/')));
  return files
    .map(({ file }) => file)
    .filter((file) => file.startsWith('src/base/'))
    .filter((file) => (users.get(file)?.size ?? 0) < (FEWER_USERS[file] ?? FEWEST_USERS))
    .map((file) => `${file} is used by ${[...(users.get(file) ?? [])].join(', ') || 'nobody'}`);
}

function fullFolders(files: readonly SourceFile[]): string[] {
  const counts = new Map<string, number>();
  for (const { file } of files) counts.set(path.posix.dirname(file), (counts.get(path.posix.dirname(file)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > MOST_FILES).map(([folder, count]) => `${folder}: ${count} files`);
}

it('every source file keeps the house rules', () => {
  expect(sourceFiles().flatMap(violations)).toEqual([]);
});

it('no file imports itself in a circle, types included', () => {
  expect(cyclesOf(sourceFiles())).toEqual([]);
});

it('base is no drawer: each file serves three rooms or more', () => {
  expect(drawerFiles(sourceFiles())).toEqual([]);
});

it('no folder has more than twelve files', () => {
  expect(fullFolders(sourceFiles()), 'give files of one subject a folder of their own').toEqual([]);
});

it('tests, benchmarks and scripts keep the limits of size, too', () => {
  const others = sourceFiles(['tests', 'bench', 'scripts']);
  expect(others.length).toBeGreaterThan(200);
  expect(others.filter(isLong).map(({ file }) => file)).toEqual([]);
  expect(fullFolders(others)).toEqual([]);
  const planted = { file: 'tests/x.test.ts', text: '\n'.repeat(MOST_LINES + 1) };
  expect([isLong(planted), isLong({ ...planted, text: planted.text.slice(1) })]).toEqual([true, false]);
});

describe('a planted violation of each rule is seen', () => {
  const open = '// For a test.\n';
  it.each([
    ['src/app/x.ts', `${open}import { createMarket } from '../market/create.ts';`, 'must not import'],
    ['src/app/x.ts', `${open}import type { Bot } from '../bots/bot.ts';`, 'must not import'],
    ['src/app/x.ts', `${open}import { type Bot } from '../bots/bot.ts';`, '(as a type)'],
    ['src/app/x.ts', `${open}import { z } from 'zod';`, 'package zod'],
    ['src/base/x.ts', `${open}import type { Card } from '../app/card.ts';`, 'must not import'],
    ['src/format/x.ts', `${open}import type { Change } from '../app/card.ts';`, 'must not import'],
    ['src/http/x.ts', `${open}import type { Market } from '../market/market.ts';`, 'must not import'],
    ['src/bots/x.ts', `${open}import { chartsOf } from './discord/render/render.ts';`, 'must not import'],
    ['src/bots/discord/x.ts', `${open}import { render } from '../slack/render/render.ts';`, 'must not import'],
    ['src/bots/discord/render/x.ts', `${open}import { posts } from '../send/posts.ts';`, 'must not import'],
    ['src/bots/discord/send/x.ts', `${open}import { handle } from '../receive/messages.ts';`, 'must not import'],
    ['src/bots/slack/render/x.ts', `${open}import type { Place } from '../receive/payload.ts';`, 'must not import'],
    ['src/bots/slack/send/x.ts', `${open}import type { Place } from '../receive/payload.ts';`, 'must not import'],
    [
      'src/bots/discord/receive/x.ts',
      `${open}import { loadContent } from '../../../content/load.ts';`,
      'must not import',
    ],
    ['src/bots/slack/auth/x.ts', `${open}import type { Place } from '../receive/payload.ts';`, 'must not import'],
    ['src/bots/slack/receive/x.ts', `${open}import { money } from '../../../format/numbers.ts';`, 'must not import'],
    ['src/alerts/x.ts', `${open}import { coin } from '../app/commands/market/coin.ts';`, 'must not import'],
    ['src/bots/slack/x.ts', `${open}import { Client } from 'discord.js';`, 'package discord.js'],
    ['src/bots/terminal/x.ts', `${open}import { App } from '@slack/bolt';`, 'package @slack/bolt'],
    ['src/bots/new-chat/x.ts', `${open}import { App } from '@slack/bolt';`, 'package @slack/bolt'],
    ['src/bots/new-chat/x.ts', `${open}import { render } from '../slack/render/render.ts';`, 'must not import'],
    ['src/bots/new-chat/send/x.ts', `${open}import { handle } from '../receive/messages.ts';`, 'must not import'],
    ['src/content/x.ts', `${open}import type { Market } from '../market/market.ts';`, 'must not import'],
    ['src/faq/x.ts', `${open}import { loadContent } from '../content/load.ts';`, 'must not import'],
    ['src/market/x.ts', `${open}import { openDatabase } from '../store/database.ts';`, 'must not import'],
    ['src/chain/x.ts', `${open}import type { Quote } from '../market/market.ts';`, 'must not import'],
    ['src/sample/x.ts', `${open}import { createMarket } from '../market/create.ts';`, 'must not import'],
    ['src/charts/x.ts', `${open}import { coin } from '../app/commands/market/coin.ts';`, 'must not import'],
    ['src/delivery/x.ts', `${open}import type { DigestView } from '../digests/digests.ts';`, 'must not import'],
    ['src/digests/x.ts', `${open}import { createDiscordBot } from '../bots/discord/bot.ts';`, 'must not import'],
    ['src/tickers/x.ts', `${open}import type { Card } from '../app/card.ts';`, 'must not import'],
    ['src/store/x.ts', `${open}import { dispatch } from '../app/dispatch.ts';`, 'must not import'],
    ['src/web/x.ts', `${open}import { loadContent } from '../content/load.ts';`, 'must not import'],
    ['src/web/x.ts', `${open}const core = await import('../wiring/core.ts');`, 'must not import'],
    ['src/config/x.ts', `${open}import { createMarket } from '../market/create.ts';`, 'must not import'],
    ['training/x.ts', `${open}import { createMarket } from '../src/market/create.ts';`, 'must not import'],
    ['src/helpers/x.ts', open, 'no such room'],
    ['src/app/x.ts', `${open}const a = process.env.X;`, 'process.env'],
    ['src/app/x.ts', `${open}const a = Date.now();`, 'clock'],
    ['src/app/x.ts', `${open}process.exit(1);`, 'clock'],
    ['src/app/x.ts', open + '\n'.repeat(260), 'longer'],
    ['src/app/x.ts', 'export const a = 1;', 'sentence'],
    ['src/app/x.ts', `${open}export * from './card.ts';`, 'barrel'],
    ['src/app/x.ts', `${open}export default 1;`, 'default'],
  ])('%s: %s', (file, text, words) => {
    expect(violations({ file, text }).join('\n')).toContain(words);
  });

  it('a new bot needs no rule of its own', () => {
    const text = `${open}import { render } from '../render/render.ts';\nimport type { Body } from '../../bot.ts';`;
    expect(violations({ file: 'src/bots/new-chat/send/x.ts', text })).toEqual([]);
  });

  it('a cycle of types', () => {
    const files = [
      { file: 'src/app/a.ts', text: "import type { B } from './b.ts';" },
      { file: 'src/app/b.ts', text: "import { type A } from './a.ts';" },
    ];
    expect(cyclesOf(files)).toEqual([['src/app/a.ts', 'src/app/b.ts', 'src/app/a.ts']]);
  });

  it('a file of base with a single user, and a full folder', () => {
    const user = { file: 'src/app/a.ts', text: "import { x } from '../base/x.ts';" };
    expect(drawerFiles([{ file: 'src/base/x.ts', text: '' }, user])).toEqual(['src/base/x.ts is used by app']);
    const thirteen = Array.from({ length: 13 }, (_, index) => ({ file: `src/app/${index}.ts`, text: '' }));
    expect(fullFolders(thirteen)).toEqual(['src/app: 13 files']);
  });
});
