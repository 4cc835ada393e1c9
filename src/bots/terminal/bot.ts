// The terminal chat: a prompt, Tab completion, and answers without any account.
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Card, CardChart } from '../../app/card.ts';
import type { Command, Request } from '../../app/command.ts';
import type { Dispatch } from '../../app/dispatch.ts';
import { readText, type Vocabulary } from '../../app/input/parse-text.ts';
import { plainText } from '../../app/plain-text.ts';
import { UserError } from '../../base/errors.ts';
import type { Bot, SendRules } from '../bot.ts';
import { imageEscape } from './image.ts';
import { renderTerminal } from './render.ts';

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
  /** Called when the person ends the chat (Ctrl-D, "exit"). */
  onEnd: () => void;
};

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

export function createTerminalBot(options: TerminalBotOptions): Bot {
  let line: Interface | null = null;
  const print = (text: string) => void options.output.write(`${text}\n`);
  const answer = async (text: string): Promise<void> =>
    print(`\n${await draw(await options.dispatch(requestOf(text, options)), options)}\n`);
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
      line.on('line', (text) => void converse(text.trim()));
      line.on('close', options.onEnd);
      line.prompt();
      return Promise.resolve();
    },
    stop() {
      line?.off('close', options.onEnd).close();
      line = null;
      return Promise.resolve();
    },
    health: () => ({ connected: line !== null, detail: line === null ? 'closed' : 'open' }),
    prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
    post(_target, body) {
      if (line === null) return Promise.resolve({ kind: 'not-sent', code: 'closed' });
      print(`\n${String(body.json)}\n`);
      line.prompt(true);
      return Promise.resolve({ kind: 'sent', messageId: '-' });
    },
    find: () => Promise.resolve({ kind: 'unknown' }),
    remove: () => Promise.resolve(),
  };

  async function converse(text: string): Promise<void> {
    if (/^\/?(exit|quit)$/i.test(text)) return line?.close();
    if (text !== '') await answer(text);
    line?.prompt();
  }
}

/** One line of a person at the terminal: the operator, who may manage everything. */
export function requestOf(
  text: string,
  { commands, vocabulary, locale }: Pick<TerminalBotOptions, 'commands' | 'vocabulary' | 'locale'>,
): Request {
  if (text.trim() === '') throw new UserError('empty', 'Type a command or a question, for example /coin tao');
  const invocation = readText(text, commands, vocabulary);
  return {
    platform: 'terminal',
    ...invocation,
    user: { id: 'operator', canManage: true },
    place: { tenant: '-', channel: '-' },
    locale,
    via: 'text',
  };
}

/** Draws pictures first (they take a moment), then the whole card. */
async function draw(card: Card, options: TerminalBotOptions): Promise<string> {
  const { images } = options;
  const drawn = new Map<CardChart, string>();
  if (images !== null) {
    for (const block of card.blocks) {
      if (block.kind !== 'chart' || block.chart.png === undefined) continue;
      const png = await block.chart.png('dark').catch(() => null);
      if (png !== null) drawn.set(block.chart, imageEscape(png, images));
    }
  }
  return renderTerminal(card, {
    colour: options.colour,
    width: Math.max(40, Math.min(100, options.output.columns ?? 80)),
    image: (chart) => drawn.get(chart) ?? null,
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
