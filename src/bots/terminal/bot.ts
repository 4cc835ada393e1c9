// The terminal chat: a prompt, Tab completion, and answers without any account.
import { clearScreenDown, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Card, Invocation } from '../../app/card.ts';
import type { Command, Request } from '../../app/command.ts';
import type { Dispatch } from '../../app/dispatch.ts';
import { readText } from '../../app/reader/read.ts';
import type { Vocabulary } from '../../app/reader/vocabulary.ts';
import { plainText } from '../../app/plain-text.ts';
import { followEvent } from '../follow-event.ts';
import { UserError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { type Bot, NOT_LEFT, type SendRules } from '../bot.ts';
import { drawCharts, type Pictures } from '../draw-charts.ts';
import { chosen, choicesOf } from './choices.ts';
import { imageEscape } from './image.ts';
import { clean, renderTerminal } from './render.ts';

export type TerminalBotOptions = {
  input: Readable;
  output: Writable & { columns?: number };
  colour: boolean;
  images: 'kitty' | 'iterm' | null;
  commands: readonly Command[];
  vocabulary: Vocabulary;
  dispatch: Dispatch;
  locale: string;
  /** Words that Tab offers after a command: coins by prefix. */
  completeCoin: (prefix: string) => string[];
  log: Log;
  sleep: (ms: number) => Promise<void>;
  /** Called when the person ends the chat (Ctrl-D, "exit"). */
  onEnd: () => void;
};

/** A picture that is not drawn by then is left out; the braille line stands in. */
const DRAW_MS = 10_000;
/** Answers under way get this long to finish when the chat stops. */
const FINISH_MS = 5000;

/** One reader in this process: nothing is lost on the way, and nothing can be looked up. */
const SEND_RULES: SendRules = {
  inFlight: 1,
  claim: 10,
  perTenant: false,
  keyWindowMs: 0,
  repeatAfterMs: [],
  lateCommitMs: 0,
  perSecond: null,
  channelGapMs: 0,
};

export type TerminalBot = Bot & {
  /** Lets something else write to the same screen: the prompt makes room and comes back with what was typed so far. */
  above(write: () => void): void;
};

export function createTerminalBot(options: TerminalBotOptions): TerminalBot {
  let line: Interface | null = null;
  /** Of the card that stands last on the screen. */
  let choices: ReturnType<typeof choicesOf> = [];
  const underWay = new Set<Promise<void>>();
  const print = (text: string) => void options.output.write(`${text}\n`);
  const ended = (): void => {
    line = null;
    options.onEnd();
  };

  async function converse(text: string): Promise<void> {
    if (/^\/?(exit|quit)$/i.test(text)) return line?.close();
    if (text !== '') {
      const pressed = chosen(text, choices);
      const card = await options.dispatch(pressed === null ? requestOf(text, options) : pressing(pressed, options));
      choices = choicesOf(card);
      print(`\n${await draw(card, options)}\n`);
    }
    line?.prompt();
  }

  function take(text: string): void {
    const work = followEvent({ platform: 'terminal', event: 'line', log: options.log }, () =>
      converse(text.trim()),
    ).catch((error: unknown) => options.log.error({ err: error }, 'an answer in the terminal broke'));
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  return {
    name: 'terminal',
    sendRules: SEND_RULES,
    async start() {
      print('Ask anything about Bittensor, or type /coin tao. /help lists the commands; type exit to quit.\n');
      line = createInterface({
        input: options.input,
        output: options.output,
        prompt: 'τ> ',
        completer: (text: string) => completions(text, options),
        historySize: 200,
      });
      line.on('line', take);
      line.on('close', ended);
      line.prompt();
      return Promise.resolve();
    },
    async stop() {
      line?.off('close', ended).close();
      line = null;
      await Promise.race([Promise.allSettled(underWay), options.sleep(FINISH_MS)]);
    },
    health: () => ({ connected: line !== null, detail: line === null ? 'closed' : 'open' }),
    prepare: (card) => Promise.resolve({ json: plainText(card).split('\n').map(clean).join('\n'), files: [] }),
    post(_target, body, _key, mayLeave) {
      if (line === null) return Promise.resolve({ kind: 'not-sent', code: 'closed' });
      if (mayLeave?.() === false) return Promise.resolve(NOT_LEFT);
      print(`\n${String(body.json)}\n`);
      line.prompt(true);
      return Promise.resolve({ kind: 'sent', messageId: '-' });
    },
    above(write) {
      const prompting = line !== null && underWay.size === 0;
      if (prompting) {
        cursorTo(options.output, 0);
        clearScreenDown(options.output);
      }
      write();
      if (prompting) line?.prompt(true);
    },
    find: () => Promise.resolve({ kind: 'cannot-see' }),
    remove: () => Promise.resolve(),
  };
}

/** Whoever sits at the terminal may manage everything. */
const OPERATOR = {
  platform: 'terminal',
  user: { id: 'operator', canManage: true },
  place: { tenant: '-', channel: '-' },
} as const;

/** One line of a person at the terminal. */
export function requestOf(
  text: string,
  { commands, vocabulary, locale }: Pick<TerminalBotOptions, 'commands' | 'vocabulary' | 'locale'>,
): Request {
  if (text.trim() === '') throw new UserError('empty', 'Type a command or a question, for example /coin tao');
  return { ...OPERATOR, ...readText(text, commands, vocabulary, locale), locale, via: 'text' };
}

/** The request of a number that was typed: the operator presses a button. */
function pressing(invocation: Invocation, { locale }: Pick<TerminalBotOptions, 'locale'>): Request {
  return { ...OPERATOR, ...invocation, locale, via: 'control' };
}

/** Draws pictures first (they take a moment), then the whole card. */
async function draw(card: Card, options: TerminalBotOptions): Promise<string> {
  const { images } = options;
  const drawn: Pictures = images === null ? new Map() : await drawCharts(card, 'dark', DRAW_MS, options);
  return renderTerminal(card, {
    colour: options.colour,
    locale: options.locale,
    width: Math.max(40, Math.min(100, options.output.columns ?? 80)),
    image(chart) {
      const png = drawn.get(chart);
      return png === undefined || images === null ? null : imageEscape(png, images);
    },
  });
}

function completions(text: string, { commands, completeCoin }: TerminalBotOptions): [string[], string] {
  const slash = text.startsWith('/') ? '/' : '';
  const words = text.slice(slash.length).split(' ');
  const last = words.at(-1) ?? '';
  if (words.length === 1)
    return [
      commands.map((command) => `${slash}${command.name}`).filter((name) => name.startsWith(text.toLowerCase())),
      text,
    ];
  return [completeCoin(last), last];
}
