// The one place where a request meets its command: cool-down, then the words, arguments, rights, errors to cards, one log line.
import { parseArgs, unreadPart } from './input/arguments.ts';
import { withFieldsRead } from './input/form-fields.ts';
import { vocabularyOf } from './reader/vocabulary.ts';
import { ASIDE, type Button, type Card, isErrorCard, type Outcome } from './card.ts';
import { type Command, isOn, type Request, askerKey, type UnreadRequest } from './command.ts';
import { type TokenBucket, createTokenBucket } from '../base/token-bucket.ts';
import { createFollowUps, type FollowUps } from './follow-up.ts';
import { brokenCard, messageCard, notAllowedCard, withCode } from './error-card.ts';
import { safeLocale } from '../format/numbers.ts';
import { nearest } from '../base/edit-distance.ts';
import type { Services } from './services.ts';
import { AppError, errorReference, UserError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

export type Dispatch = (request: Request | UnreadRequest) => Promise<Card>;

export type DispatchOptions = {
  commands: readonly Command[];
  services: Services;
  log: Log;
  now: () => number;
  /** Ms that never step back. */
  monotonic: () => number;
  coolDown?: TokenBucket;
  onRequest?: (platform: string, command: string, outcome: Outcome, ms: number) => void;
};

/** Fifteen requests at once per person, then one per three seconds: plenty for people, little for scripts. */
const BURST = 15;
/** A press is part of looking around: a quarter of a request. */
const PRESS_COST = 0.25;
const REFILL_MS = 3000;
const MOST_USERS = 100_000;

/** Builds the function that answers every request of every platform with a card. It never throws. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const byName = new Map(options.commands.map((command) => [command.name, command]));
  const coolDown =
    options.coolDown ??
    createTokenBucket({
      burst: BURST,
      refillMs: REFILL_MS,
      mostKeys: MOST_USERS,
      monotonic: options.monotonic,
    });
  const followUps = createFollowUps(options.services.recentWishes);
  return async (given) => {
    const started = options.monotonic();
    const { command, card, remarks } = await answerOf(
      given,
      byName,
      { ...options, coolDown, followUps },
      options.now(),
    );
    const ms = Math.round(options.monotonic() - started);
    options.log.info({ platform: given.platform, command, ms, outcome: card.outcome }, 'request');
    options.onRequest?.(given.platform, command, card.outcome, ms);
    const shown = withRemarks(card, remarks);
    return isErrorCard(shown) && shown.private === undefined ? { ...shown, private: true } : shown;
  };
}

/** `command`: the name for the log, of known commands only. */
type Answer = { command: string; card: Card; remarks: readonly string[] };

async function answerOf(
  given: Request | UnreadRequest,
  byName: ReadonlyMap<string, Command>,
  options: DispatchOptions & { coolDown: TokenBucket; followUps: FollowUps },
  now: number,
): Promise<Answer> {
  let name = 'unknown';
  try {
    const waitMs = waitOf(given, options.coolDown);
    if (waitMs > 0)
      return { command: 'command' in given ? known(given.command, byName) : name, card: busy(waitMs), remarks: [] };
    const read = 'read' in given ? await readRequest(given) : given;
    const asked = options.followUps.resolve({ ...read, locale: safeLocale(read.locale) }); // a locale is somebody else's text, too
    name = known(asked.command, byName);
    const command = byName.get(asked.command);
    const request =
      asked.form === true && command !== undefined
        ? withFieldsRead(asked, command, vocabularyOf(options.services))
        : asked;
    const card = await answer(request, command, options, now).catch((error: unknown) =>
      withMeant(failure(error, name, options.log), error, request, command),
    );
    options.followUps.remember(request, card);
    return {
      command: name,
      card: isAside(request) ? { ...card, private: true } : card,
      remarks: [...(request.remarks ?? []), ...(command === undefined ? [] : unreadPart(command, request.args))],
    };
  } catch (error) {
    return { command: name, card: failure(error, name, options.log), remarks: [] };
  }
}

async function readRequest({ read, ...given }: UnreadRequest): Promise<Request> {
  const { canManage, manages, ...found } = await read();
  return { ...given, ...found, user: { ...given.user, canManage, ...(manages === undefined ? {} : { manages }) } };
}

function isAside({ via, args }: Request): boolean {
  return via === 'control' && args['aside'] === ASIDE.aside;
}

function known(name: string, byName: ReadonlyMap<string, Command>): string {
  return byName.has(name) ? name : 'unknown';
}

/** Of the terminal and the web the bot knows one person; the web limits by address. */
function waitOf(request: Request | UnreadRequest, coolDown: TokenBucket): number {
  const { platform, via } = request;
  if (platform === 'terminal' || platform === 'web') return 0;
  return coolDown.take(askerKey(request), via === 'control' ? PRESS_COST : 1);
}

function busy(waitMs: number): Card {
  const text = `That was a lot of requests at once. Please try again in ${Math.ceil(waitMs / 1000)} s.`;
  return messageCard('error', 'refused', 'One moment', text);
}

async function answer(
  request: Request,
  command: Command | undefined,
  options: DispatchOptions,
  now: number,
): Promise<Card> {
  if (command === undefined) return unknownCommand(request.command, options.commands);
  if (!isOn(command, request.platform))
    return messageCard(
      'error',
      'refused',
      'Not here',
      `\`/${command.name}\` works in Discord servers only: ${command.summary.charAt(0).toLowerCase()}${command.summary.slice(1)}.`,
    );
  if (request.platform === 'web' && (command.serverOnly === true || command.manage === true))
    return messageCard(
      'error',
      'refused',
      'Not here',
      `\`/${command.name}\` belongs to a channel, and this page has none: use it in Discord, Slack or the terminal.`,
    );
  if (command.manage && !request.user.canManage) return notAllowedCard(command.name, request);
  return await command.run(parseArgs(command, request.args, request.locale), {
    request,
    services: options.services,
    now,
  });
}

/** How the text was read stands right under the answer, above the controls. */
function withRemarks(card: Card, remarks: readonly string[]): Card {
  if (remarks.length === 0) return card;
  const at = card.blocks.findIndex(({ kind }) => kind === 'buttons' || kind === 'menu');
  const end = at < 0 ? card.blocks.length : at;
  const note = { kind: 'note', spans: withCode(remarks.join(' ')) } as const;
  return { ...card, blocks: [...card.blocks.slice(0, end), note, ...card.blocks.slice(end)] };
}

function unknownCommand(name: string, commands: readonly Command[]): Card {
  const close = nearest(
    name,
    commands.map((command) => command.name),
    1,
  )[0];
  const hint = close === undefined ? '' : ` Did you mean \`/${close}\`?`;
  const card = messageCard(
    'error',
    'invalid',
    'Unknown command',
    `There is no command "/${name.slice(0, 40)}".${hint} \`/help\` lists all commands.`,
  );
  const all: Button = { label: 'All commands', invocation: { command: 'help', args: {} } };
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [all] }] };
}

/** A number that cannot be read, with what may have been meant: "5 * 3" is 15. */
function withMeant(card: Card, error: unknown, { args, locale }: Request, command: Command | undefined): Card {
  if (!(error instanceof UserError) || error.code !== 'bad-number') return card;
  const buttons = command?.meant?.(args, locale) ?? [];
  return buttons.length === 0 ? card : { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons }] };
}

/** What databases and systems say when nothing can be written any more (SQLITE_FULL, SQLITE_READONLY, PostgreSQL's 53100, ENOSPC). */
const NO_ROOM = /disk is full|disk full|no space left|readonly database/i;

function failure(error: unknown, command: string, log: Log): Card {
  if (error instanceof UserError) return messageCard('error', 'invalid', 'That did not work', error.message);
  if (error instanceof AppError && error.code === 'late') {
    log.warn({ err: error, command }, 'the database was too slow for an answer');
    return messageCard(
      'error',
      'unavailable',
      'Not just now',
      'The database is slow right now. Try again in a minute.',
    );
  }
  const reference = errorReference(error);
  log.error({ err: error, reference, command }, 'request failed');
  if (error instanceof Error && NO_ROOM.test(error.message))
    return messageCard(
      'error',
      'unavailable',
      'Not saved',
      'I cannot save anything right now: my disk is full or cannot be written to, so nothing was changed. The operator of the bot has to act; then try again.',
    );
  return brokenCard(reference);
}
