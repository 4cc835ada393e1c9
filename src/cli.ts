// The modes of the program: start, demo, ask, slack-manifest; the real clock, signals and exit codes live here and nowhere else.
import { readFileSync } from 'node:fs';
import { askOnce } from './wiring/ask.ts';
import { COMMANDS } from './app/commands/index.ts';
import { type Config, loadEnvironmentFile, readConfig, secretsOf } from './config/config.ts';
import { AppError, ConfigError, ContentError } from './base/errors.ts';
import { createLog } from './base/log.ts';
import { run } from './wiring/serve.ts';

/** sysexits.h: EX_CONFIG. */
const EXIT_CONFIG = 78;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

async function main(words: readonly string[]): Promise<number> {
  const [mode = 'start', ...rest] = words;
  if (mode === 'warm') return 0; // after an install: everything is imported, so the compile cache is filled
  loadEnvironmentFile();
  if (mode === 'slack-manifest') {
    const { slackManifest } = await import('./bots/slack/manifest.ts');
    process.stdout.write(slackManifest(COMMANDS, readConfig().PUBLIC_URL ?? null));
    return 0;
  }
  const config: Config = readConfig();
  const chatting = process.stdin.isTTY && mode !== 'ask'; // lines about each request would stand between the answers
  const log = createLog({
    level: chatting && config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL,
    secrets: secretsOf(config),
    write: (line) => void process.stderr.write(line),
  });
  const base = { config, version, now: () => Date.now(), monotonic: () => performance.now() };
  if (mode === 'ask')
    return await askOnce({
      ...base,
      words: rest,
      log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
      write: (text) => void process.stdout.write(text),
    });
  if (mode !== 'start' && mode !== 'demo')
    throw new AppError('usage', `There is no mode "${mode.slice(0, 40)}". Modes: start, demo, ask, slack-manifest.`);
  return await run({
    ...base,
    demo: mode === 'demo',
    log,
    processes: { input: process.stdin, output: process.stdout, onSignal: listenForSignals },
  });
}

function listenForSignals(stop: () => void): void {
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

process.on('unhandledRejection', (reason) => {
  // A library's forgotten promise must not take the other platforms down; it is logged with all that is known.
  process.stderr.write(
    `${JSON.stringify({ level: 'error', msg: 'unhandled rejection', error: reason instanceof Error ? `${reason.name}: ${reason.message}`.slice(0, 300) : 'unknown' })}\n`,
  );
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof AppError;
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = error instanceof ConfigError || error instanceof ContentError ? EXIT_CONFIG : 1;
}
// Whatever a library left open must not keep a finished process alive; output is flushed first.
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit();
