// `npm run -s ask -- "/coin tao"`: one question, one answer on stdout, exit code by outcome.
import { parseArgs } from 'node:util';
import { isErrorCard } from '../app/card.ts';
import { COMMANDS } from '../app/commands/index.ts';
import { plainText } from '../app/plain-text.ts';
import { vocabularyOf } from '../app/input/parse-text.ts';
import { requestOf } from '../bots/terminal/bot.ts';
import type { Config } from '../config/config.ts';
import { AppError } from '../base/errors.ts';
import { createCore } from './core.ts';
import type { Logger } from '../base/log.ts';
import { openDatabase } from '../store/database.ts';
import { PLATFORMS, sourceUrls } from './platforms.ts';

export type AskOptions = {
  words: readonly string[];
  config: Config;
  version: string;
  log: Logger;
  now: () => number;
  write: (text: string) => void;
};

/** Answers and returns the exit code: 0 for an answer (also "not sure"), 1 for an error. */
export async function askOnce(options: AskOptions): Promise<number> {
  const { values, positionals } = readWords(options.words);
  const database = await openDatabase(options.config.DATABASE_URL);
  const core = createCore({ ...options, database, demo: values.demo === true, bots: new Map() });
  const alive = setInterval(() => undefined, 1000); // the core waits on timers that do not keep a process alive; no server does here
  try {
    const request = requestOf(positionals.join(' '), {
      commands: COMMANDS,
      vocabulary: vocabularyOf(core.services),
      locale: options.config.DEFAULT_LOCALE,
    });
    const card = await core.dispatch(request);
    const platform = PLATFORMS.find(({ name }) => name === values.platform);
    if (platform !== undefined) {
      const { content, defaults } = core.services;
      const payload = await platform.preview(card, { defaults, sourceUrls: sourceUrls(content) });
      options.write(`${JSON.stringify(payload, null, 2)}\n`);
    } else options.write(`${values.json === true ? JSON.stringify(card, null, 2) : plainText(card)}\n`);
    return isErrorCard(card) ? 1 : 0;
  } finally {
    clearInterval(alive);
    await core.close();
    await database.close();
  }
}

function readWords(words: readonly string[]) {
  const read = () =>
    parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, platform: { type: 'string' }, demo: { type: 'boolean' } },
    });
  const usage = 'Usage: npm run -s ask -- "/coin tao" [--json | --platform discord | --platform slack] [--demo]';
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read();
  } catch (error) {
    throw new AppError('usage', `${error instanceof Error ? error.message : 'Wrong options'}\n${usage}`, {
      cause: error,
    });
  }
  if (parsed.positionals.length === 0) throw new AppError('usage', usage);
  if (parsed.values.platform !== undefined && !['discord', 'slack', 'terminal'].includes(parsed.values.platform))
    throw new AppError('usage', `--platform is discord or slack. ${usage}`);
  return parsed;
}
