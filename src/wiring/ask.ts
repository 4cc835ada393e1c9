// `npm run -s ask -- "/coin tao"`: one question, one answer on stdout, exit code by outcome.
import { parseArgs } from 'node:util';
import { type Card, isErrorCard } from '../app/card.ts';
import { COMMANDS } from '../app/commands/index.ts';
import type { Request } from '../app/command.ts';
import { plainText } from '../app/plain-text.ts';
import { LIST_LOADING } from '../app/input/coin-argument.ts';
import { vocabularyOf } from '../app/reader/vocabulary.ts';
import { requestOf } from '../bots/terminal/bot.ts';
import { type Config, IN_MEMORY } from '../config/config.ts';
import { readContent } from '../content/cached-content.ts';
import { realSleep as sleep, waitAtMost } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type Core, createCore } from './core.ts';
import type { Log } from '../base/log.ts';
import { openDatabase } from '../store/database.ts';
import { PLATFORMS, sourceUrls } from './platforms.ts';

export type AskOptions = {
  words: readonly string[];
  config: Config;
  version: string;
  log: Log;
  now: () => number;
  monotonic?: () => number;
  write: (text: string) => void;
};

/** Longest wait for a first value: nobody can ask this process twice. */
const FIRST_VALUE_MS = 4_000;
const CLOSE_MS = 3_000;
/** Longest wait for the list of all coins, and how often it is looked for. */
const LIST_WAIT_MS = 5_000;
const LOOK_MS = 50;

/** Answers and returns the exit code: 0 for an answer (also "not sure"), 1 for an error. */
export async function askOnce(options: AskOptions): Promise<number> {
  const { values, positionals } = readWords(options.words);
  const platform = PLATFORMS.find(({ name }) => name === values.platform);
  // Of a preview nothing is kept: an alert for a person whom the platform does not have would be told to nobody.
  const database = await openDatabase(platform === undefined ? options.config.DATABASE_URL : IN_MEMORY);
  const core = createCore({
    ...options,
    content: await readContent(),
    database,
    demo: values.demo === true,
    bots: new Map(),
    waitMs: FIRST_VALUE_MS,
  });
  const alive = setInterval(() => undefined, 1000); // the core waits on timers that do not keep a process alive; no server does here
  try {
    const as = platform === undefined ? {} : { platform: platform.name };
    const card = await answer(positionals.join(' '), core, options.config.DEFAULT_LOCALE, as);
    if (platform !== undefined) {
      const { content, defaults } = core.services;
      const payload = await platform.preview(card, { defaults, sourceUrls: sourceUrls(content) });
      options.write(`${JSON.stringify(payload, null, 2)}\n`);
    } else options.write(`${values.json === true ? JSON.stringify(card, null, 2) : plainText(card)}\n`);
    return isErrorCard(card) ? 1 : 0;
  } finally {
    // What was learned is saved; a database or a source that hangs must not keep the shell.
    await waitAtMost(core.close(), CLOSE_MS, sleep);
    await waitAtMost(database.close(), CLOSE_MS, sleep);
    clearInterval(alive);
  }
}

/**
 * A coin that is not among the largest is looked for again when the list of all coins has arrived: nobody can ask this process twice. The same
 * holds for words that were not understood: they may belong to its name. `as`: the platform whose words the answer is in.
 */
async function answer(
  text: string,
  { services, dispatch }: Core,
  locale: string,
  as: Partial<Pick<Request, 'platform'>>,
): Promise<Card> {
  const request = () => ({
    ...requestOf(text, { commands: COMMANDS, vocabulary: vocabularyOf(services), locale }),
    ...as,
  });
  const ask = () => dispatch(request());
  if (/subnet/iu.test(text)) await services.subnets.snapshot(); // their names are words of the reader
  const { whole } = services.content.index(); // of the moment of the question: it may grow while the answer is made
  const understood = request().remarks === undefined;
  // It says how old the prices are: before the first one there is nothing to say.
  if (request().command === 'about')
    await services.market.quotes([...services.content.coins.keys()].slice(0, 1), 'usd');
  const card = await ask();
  const isFound = !/^(?:not-found|unsure)$/.test(card.outcome) && !plainText(card).includes(LIST_LOADING);
  if (whole || (understood && isFound)) return card;
  for (let waited = 0; waited < LIST_WAIT_MS && !services.content.index().whole; waited += LOOK_MS)
    await sleep(LOOK_MS);
  return await ask();
}

function readWords(words: readonly string[]) {
  const names = PLATFORMS.map(({ name }) => name);
  const usage = `Usage: npm run -s ask -- "/coin tao" [--json | ${names.map((name) => `--platform ${name}`).join(' | ')}] [--demo]`;
  const wrong = (what: string, cause?: unknown) => new AppError('usage', `${what}\n${usage}`.trimStart(), { cause });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'Wrong options';
    const option = /^Unknown option '(.*?)'/.exec(said)?.[1]; // what Node adds is not how it is typed behind npm
    throw wrong(option === undefined ? said : `There is no option ${option}. Put the question in quotes.`, error);
  }
  const { json, platform: platforms = [] } = parsed.values;
  const [platform] = platforms;
  if (platforms.length > 1) throw wrong('--platform stands there twice.');
  if (platform !== undefined && ![...names, 'terminal'].includes(platform))
    throw wrong(`--platform is ${names.join(' or ')}.`);
  if (json === true && platform !== undefined) throw wrong('--json or --platform, not both.');
  if (parsed.positionals.length === 0) throw wrong('');
  return { ...parsed, values: { ...parsed.values, platform } };
}

function parse(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, platform: { type: 'string', multiple: true }, demo: { type: 'boolean' } },
  });
}
