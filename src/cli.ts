// The modes of the program: start, demo, ask, backup, restore, move, forget, slack-manifest; the real clock, signals and exit codes live here and nowhere else.
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { flushCompileCache, getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { COMMANDS } from './app/commands/index.ts';
import {
  type Config,
  cutSettings,
  IN_MEMORY,
  loadEnvironmentFile,
  mistypedSettings,
  readConfig,
  repeatedSettings,
  unreadSettings,
  unusedSettings,
} from './config/config.ts';
import { isEnvironmentFileOpen } from './config/environment-file.ts';
import { secretsOf } from './config/secrets.ts';
import { realSleep } from './base/clock.ts';
import { AppError, ConfigError, ContentError } from './base/errors.ts';
import { createLog, createRedact, plainError, type Redact, requestId } from './base/log.ts';
import { checkWords, isForHelp, MODES } from './modes.ts';
import { run } from './wiring/serve.ts';

/** sysexits.h: EX_CONFIG. */
const EXIT_CONFIG = 78;
/** Files that we make (database, backups, marks) are read and written by our own user only. */
const OWN_FILES_ONLY = 0o077;
/** A reader that stalls must not keep a finished process alive. */
const FLUSH_MS = 1000;

/** Knows the secrets as soon as the settings are read; before, nothing that is printed holds a value. */
let redact: Redact = createRedact([]);

/** Why the output was not written, as far as nobody chose to stop reading it. */
let lostOutput: Error | undefined;

/** Whether this ends by itself with an answer; else it is the bot. */
const isCommand = ![undefined, 'start', 'demo'].includes(process.argv[2]);

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

async function main(words: readonly string[]): Promise<number> {
  const [mode = 'start', ...rest] = words;
  if (mode === 'warm') return await warm();
  if (isForHelp(words)) {
    process.stdout.write(MODES);
    return 0;
  }
  checkWords(mode, rest);
  process.umask(OWN_FILES_ONLY);
  loadEnvironmentFile();
  const settings = readConfig();
  if (isCommand) for (const slip of slipsOfPen()) process.stderr.write(`warning  ${slip.join(': ')}\n`);
  if (mode === 'slack-manifest') {
    const { slackManifest } = await import('./bots/slack/manifest.ts');
    process.stdout.write(slackManifest(COMMANDS, settings.PUBLIC_URL ?? null));
    return 0;
  }
  const samples = mode === 'demo' || (mode === 'ask' && rest.includes('--demo'));
  const config: Config = samples ? { ...settings, DATABASE_URL: IN_MEMORY } : settings;
  redact = createRedact(secretsOf(config));
  /** Lines of the log would stand between the answers: there only errors do, until somebody asks for more or sends the log to a file. */
  const chatting = process.stdin.isTTY && process.stderr.isTTY && mode !== 'ask';
  let way = (write: () => void): void => write();
  const log = createLog({
    level: chatting && config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL,
    secrets: secretsOf(config),
    write: (line) => way(() => void process.stderr.write(line)),
  });
  const base = { config, version, now: () => Date.now(), monotonic: () => performance.now() };
  if (mode === 'ask') {
    const { askOnce } = await import('./wiring/ask.ts');
    return await askOnce({
      ...base,
      words: rest,
      log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
      write: (text) => void process.stdout.write(text),
    });
  }
  if (mode === 'backup' || mode === 'restore') {
    const { backup, restore } = await import('./wiring/operator/backup.ts');
    const write = (text: string) => void process.stdout.write(text);
    return (mode === 'backup' ? backup : restore)({ ...base, databaseUrl: config.DATABASE_URL, words: rest, write });
  }
  if (mode === 'move') {
    const target = rest[0] ?? '';
    redact = createRedact([...secretsOf(config), ...secretsOf({ ...config, DATABASE_URL: target })]);
    const { move } = await import('./wiring/operator/move.ts');
    const write = (text: string) => void process.stdout.write(text);
    return await move({ ...base, databaseUrl: config.DATABASE_URL, words: rest, write });
  }
  if (mode === 'forget') {
    const { forget } = await import('./wiring/operator/forget.ts');
    const write = (text: string) => void process.stdout.write(text);
    return await forget({ databaseUrl: config.DATABASE_URL, words: rest, write });
  }
  /** In the log and, because a chat shows errors only, above the lines that say what is on. */
  const warn = (message: string, detail: string): void => {
    log.warn({ detail }, message);
    process.stdout.write(`warning  ${message}: ${detail}\n`);
  };
  if (isEnvironmentFileOpen())
    warn('others on this machine can read .env, where tokens and keys are', 'chmod 600 .env');
  for (const [message, detail] of slipsOfPen()) warn(message, detail);
  for (const detail of unusedSettings(config)) warn('a setting is not used', detail);
  return await run({
    ...base,
    demo: mode === 'demo',
    log,
    processes: {
      input: process.stdin,
      output: process.stdout,
      onSignal: listenForSignals,
      onLogLine(through) {
        if (process.stderr.isTTY) way = through;
      },
    },
  });
}

/** What looks like a mistake in the settings, each with a remedy and without a value. */
function slipsOfPen(): [string, string][] {
  const told = (message: string, details: string[]) => details.map((detail): [string, string] => [message, detail]);
  return [
    ...told('a value in .env is read up to a # or quote only', cutSettings()),
    ...told('a line of .env is not read', unreadSettings()),
    ...told('a setting stands in .env more than once', repeatedSettings()),
    ...told('a setting has an unknown name', mistypedSettings()),
  ];
}

/**
 * After an install: fills the caches that make a start quick, with all that a start, a first answer with a picture and a first
 * question need. Samples, no setting, no network.
 */
async function warm(): Promise<number> {
  const [{ askOnce }, { Client }] = await Promise.all([
    import('./wiring/ask.ts'),
    import('discord.js'),
    import('./wiring/serve.ts'),
    import('./web/app.ts'),
    import('./bots/discord/bot.ts'),
    import('./bots/slack/bot.ts'),
  ]);
  void new Client({ intents: [] }); // what it does with events is loaded when one is made
  let code = 0;
  for (const question of ['/coin tao', 'what is a subnet?'])
    code ||= await askOnce({
      words: ['--demo', '--platform', 'discord', question],
      config: { ...readConfig({}), DATABASE_URL: IN_MEMORY },
      version,
      log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
      now: () => Date.now(),
      write: () => undefined,
    });
  shareCompileCache();
  return code;
}

/** Node writes its compile cache for one user only, and an image gives all that is copied into it to root: it may be read. */
function shareCompileCache(): void {
  flushCompileCache();
  const folder = getCompileCacheDir();
  if (folder === undefined) return;
  chmodSync(folder, 0o755);
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(path.join(found.parentPath, found.name), found.isDirectory() ? 0o755 : 0o644);
}

function listenForSignals(stop: () => void): void {
  process.on('SIGTERM', stop); // a second one must not cut the orderly end short
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => undefined); // a terminal that closes, a log that is rotated: no reason to end
}

/** Whoever read the output is gone, or its disk is full: its lines are lost, the bot goes on. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (stream === process.stdout && error.code !== 'EPIPE') lostOutput ??= error;
  });

/** One line like those of the log, whatever the level: nobody handles this. */
function report(msg: string, thrown: unknown, level: 'error' | 'warn' = 'error'): void {
  const time = new Date().toISOString();
  process.stderr.write(
    `${redact(JSON.stringify({ level, time, msg, request: requestId(), err: plainError(thrown, redact) }))}\n`,
  );
}

// A library's forgotten promise must not take the other platforms down.
process.on('unhandledRejection', (reason) => report('unhandled rejection', reason));
process.removeAllListeners('warning'); // Node would print them as plain text
process.on('warning', (warning) => report('Node warns', warning, 'warn'));
process.on('uncaughtException', (error) => {
  report('uncaught exception', error);
  process.exit(1);
});

/** What no restart mends. */
function isForOperator(error: unknown): boolean {
  if (error instanceof ConfigError || error instanceof ContentError) return true;
  return error instanceof AppError && error.code === 'database-unfit';
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof AppError) process.stderr.write(`${redact(error.message)}\n`);
  else report('the program ended with an error', error);
  if (error instanceof ConfigError)
    for (const [message, detail] of slipsOfPen()) process.stderr.write(`  ${message}: ${detail}\n`);
  process.exitCode = isForOperator(error) ? EXIT_CONFIG : 1;
}
// Whatever a library left open must not keep a finished process alive; output is flushed first.
const flushed = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve)));
await Promise.race([Promise.all(flushed), realSleep(FLUSH_MS)]);
if (isCommand && lostOutput !== undefined) {
  process.stderr.write(`The output could not be written: ${lostOutput.message}.\n`);
  process.exitCode ||= 1;
}
process.exit();
