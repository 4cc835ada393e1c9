// The files of an installation name what there is: paths, ports, settings, metrics, and the flags and allocator settings that `npm start` uses.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { expect, it } from 'vitest';
import { INVITE_PERMISSIONS, inviteLink } from '../../src/bots/discord/invite.ts';
import { readConfig } from '../../src/config/config.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { PermissionFlagsBits } from 'discord.js';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const linesOf = (file: string) => read(file).replaceAll('\\\n', ' ').split('\n');
const { scripts, engines } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};
/** What `npm start` hands to node. */
const FLAGS =
  /node ((?:--\S+ )+)src\/main\.mjs/
    .exec(scripts['start'] ?? '')?.[1]
    ?.trim()
    .split(' ') ?? [];
/** Settings of glibc's allocator, `NAME=number`. */
const ALLOCATOR = scripts['start']?.match(/MALLOC_\w+=\d+/g) ?? [];
const PORT = Number(SETTINGS.PORT.fallback);

type Service = {
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  profiles?: string[];
  read_only?: boolean;
  stop_grace_period?: string;
};
const compose = load(read('compose.yaml'), { schema: YAML11_SCHEMA }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const bots = Object.entries(compose.services).filter(([name]) => name !== 'postgres');

it('the image: Node of package.json, no root, node itself as the entry with the flags of npm start', () => {
  const lines = linesOf('Dockerfile');
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const major = /\d+/.exec(engines.node)?.[0];
  expect(of('FROM').map((image) => image.split(' ')[0])).toEqual([`node:${major}-slim`, `node:${major}-slim`]);
  expect(FLAGS.length).toBeGreaterThan(1);
  expect(JSON.parse(of('ENTRYPOINT')[0] ?? '')).toEqual(['node', ...FLAGS, 'src/main.mjs']);
  expect(ALLOCATOR).toHaveLength(2);
  expect(of('ENV').flatMap((line) => line.match(/MALLOC_\w+=\d+/g) ?? [])).toEqual(ALLOCATOR);
  expect(new Set(of('USER'))).toEqual(new Set(['node']));
  expect(lines.findLastIndex((line) => line.startsWith('USER'))).toBeGreaterThan(
    lines.findLastIndex((line) => line.startsWith('RUN')),
  );
  expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
  expect(of('EXPOSE')).toEqual([String(PORT)]);
  expect(of('HEALTHCHECK')[0]).toContain('/livez');
  const database = SETTINGS.DATABASE_URL.fallback.replace('sqlite:', '');
  expect(of('VOLUME')).toEqual([path.posix.dirname(path.posix.join(of('WORKDIR')[0] ?? '', database))]);
});

it('what is compiled beforehand is for the user who runs: the name of its folder ends in the user', () => {
  const lines = linesOf('Dockerfile');
  const warm = lines.findIndex((line) => line.startsWith('RUN') && line.endsWith('src/main.mjs warm'));
  expect(lines.slice(0, warm).findLast((line) => line.startsWith('USER'))).toBe('USER node');
  expect(warm).toBeGreaterThan(0);
  const unit = linesOf('deploy/taobot.service');
  expect(unit).toContain('CacheDirectory=taobot');
  expect(unit).toContain('Environment=NODE_COMPILE_CACHE=%C/taobot');
});

it('the flags of npm start leave compiled code of use: that of Node’s own binary, and that which the install made without flags', () => {
  const asked = ['-p', 'require("node:v8").cachedDataVersionTag()'];
  const [plain, started] = [[], FLAGS].map((flags) =>
    spawnSync(process.execPath, [...flags, ...asked]).stdout.toString(),
  );
  expect(plain).toMatch(/^\d+\n$/);
  expect(started).toBe(plain);
  expect(scripts['postinstall']).toMatch(/^node src\/main\.mjs warm /);
});

it('the image gets what it copies, and never settings or data', () => {
  const copied = linesOf('Dockerfile')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1));
  const sent = linesOf('.dockerignore');
  expect(copied.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  expect(copied.filter((file) => !sent.includes(`!${file}`))).toEqual([]);
  expect(sent).toContain('*');
  expect(
    sent
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
      .toSorted(),
  ).toEqual(copied.toSorted());
});

it('the health check of the image: 0 for an answer, 1 for none', async () => {
  const { createServer } = await import('node:http');
  const { execFile } = await import('node:child_process');
  const line = linesOf('Dockerfile').find((one) => one.startsWith('HEALTHCHECK')) ?? '';
  const [, ...words] = JSON.parse(line.slice(line.indexOf('['))) as string[];
  const run = (port: number) =>
    new Promise<number>((resolve) => {
      execFile(process.execPath, words, { env: { PORT: String(port) } }, (error) =>
        resolve(error === null ? 0 : Number(error.code)),
      );
    });
  let status = 200;
  const server = createServer((request, response) => response.writeHead(request.url === '/livez' ? status : 404).end());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  expect(await run(port)).toBe(0);
  status = 503;
  expect(await run(port)).toBe(1);
  await new Promise((resolve) => server.close(resolve));
  expect(await run(port)).toBe(1);
});

it('compose: one bot without a profile, three with PostgreSQL, each with a volume and a port of its own', () => {
  expect(bots.filter(([, { profiles }]) => profiles === undefined)).toHaveLength(1);
  expect(bots.filter(([, { profiles }]) => profiles?.includes('postgres'))).toHaveLength(2);
  for (const field of ['ports', 'volumes'] as const)
    expect(new Set(bots.map(([, bot]) => String(bot[field]))).size, field).toBe(bots.length);
  for (const [name, bot] of bots) {
    expect(
      bot.ports?.every((port) => /^127\.0\.0\.1:\d+:3000$/.test(port)),
      name,
    ).toBe(true);
    expect(bot.environment?.['PORT'], name).toBe(String(PORT));
    expect(bot.read_only, name).toBe(true);
    expect(Number.parseInt(bot.stop_grace_period ?? '', 10), name).toBeGreaterThan(10);
    const { POSTGRES_PASSWORD, ...settings } = bot.environment ?? {};
    expect(POSTGRES_PASSWORD, `${name} would get that of .env, and needs DATABASE_URL alone`).toBe('');
    expect(Object.keys(settings).filter((setting) => !Object.hasOwn(SETTINGS, setting))).toEqual([]);
    for (const volume of bot.volumes ?? []) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
});

it('compose: a bot of the PostgreSQL profile does not start on a database of its own', () => {
  for (const [name, { profiles, environment }] of bots.filter(([, bot]) => bot.profiles !== undefined)) {
    const unset = environment?.['DATABASE_URL']?.replace('${DATABASE_URL:-', '').replace('}', '');
    expect(profiles, name).toEqual(['postgres']);
    expect(() => readConfig({ DATABASE_URL: unset }), name).toThrow(/DATABASE_URL/);
  }
});

it('the unit: the bundled node with the flags of npm start, no restart after a wrong setting, nothing writable but its state', () => {
  const unit = new Map(
    linesOf('deploy/taobot.service')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );
  expect(unit.get('ExecStart')?.split(' ')).toEqual([
    '/opt/taobot/node_modules/.bin/node',
    ...FLAGS,
    '/opt/taobot/src/main.mjs',
  ]);
  expect(unit.get('Environment')?.split(' ')).toEqual(ALLOCATOR);
  expect(unit.get('WorkingDirectory')).toBe(`/var/lib/${unit.get('StateDirectory')}`);
  expect(unit.get('User')).toBe('taobot');
  expect(unit.get('ProtectSystem')).toBe('strict');
  expect(unit.get('UMask')).toBe('0077');
  expect(unit.get('SystemCallFilter')).toBe('@system-service');
  expect(unit.get('SystemCallErrorNumber'), 'without it a refused call kills the bot').toBe('EPERM');
  expect(Number(unit.get('RestartSec'))).toBeGreaterThanOrEqual(30);
  expect(Number(unit.get('TimeoutStopSec'))).toBeGreaterThan(10);
  const config = /const EXIT_CONFIG = (\d+);/.exec(read('src/cli.ts'))?.[1];
  expect(unit.get('RestartPreventExitStatus')).toBe(config);
  expect(read('src/main.mjs')).toContain(`process.exitCode = ${config};`);
});

it('the page names files, modes and metrics that exist', () => {
  const page = read('docs/run-it-for-good.md');
  for (const [file] of page.matchAll(/\b(?:deploy\/[\w.-]+|compose\.yaml|\.env\.example)/g))
    expect(existsSync(path.join(ROOT, file)), file).toBe(true);
});

it('the invite link of docs/discord.md and its table of permissions are those of the code', () => {
  const page = read('docs/discord.md');
  expect(page).toContain(inviteLink('APP_ID'));
  const bits = [...page.matchAll(/^\| [\w ]+ \| (\d+) \|/gm)].map(([, bit]) => bit);
  expect(new Set(bits)).toEqual(new Set(INVITE_PERMISSIONS.map((name) => String(PermissionFlagsBits[name]))));
});

it('alert rules ask for outcomes that requests and calls have', () => {
  const requests = /type Outcome = (.*);/.exec(read('src/app/card.ts'))?.[1]?.match(/[\w-]+/g) ?? [];
  const calls = [...read('src/http/outcome.ts').matchAll(/kind: '([\w-]+)'/g)].map(([, kind]) => kind);
  const asked = [...read('deploy/alert-rules.yml').matchAll(/(taobot_\w+)\{outcome="([\w-]+)"/g)];
  expect(new Set(asked.map(([, metric]) => metric))).toEqual(
    new Set(['taobot_requests_total', 'taobot_source_seconds_count']),
  );
  for (const [, metric, outcome] of asked)
    expect(metric === 'taobot_requests_total' ? requests : calls).toContain(outcome);
});
