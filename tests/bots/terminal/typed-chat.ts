// A terminal chat over streams of the test: what is typed, and what was printed.
import { PassThrough } from 'node:stream';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { createTerminalBot, type TerminalBotOptions } from '../../../src/bots/terminal/bot.ts';

/** The parts of a core that a chat needs; anything can be replaced by the test. */
type Needed = Pick<TerminalBotOptions, 'dispatch' | 'vocabulary' | 'log'>;

/** `tty`: what is printed goes to a terminal of 80 columns, not into a pipe. */
export function openChat({ tty = false, ...options }: Needed & Partial<TerminalBotOptions> & { tty?: boolean }) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  if (tty) Object.assign(output, { isTTY: true, columns: 80 });
  const chat = {
    /** Everything since the chat began, or since a test emptied it. */
    printed: '',
    output,
    write: (text: string) => void input.write(text),
    bot: createTerminalBot({
      input,
      output,
      colour: false,
      images: null,
      commands: COMMANDS,
      locale: 'en',
      completeCoin: () => [],
      sleep: () => Promise.resolve(),
      onEnd: () => undefined,
      ...options,
    }),
    /** Resolves when what was printed holds these words. */
    async shows(words: string): Promise<void> {
      while (!chat.printed.includes(words)) await new Promise((resolve) => void output.once('data', resolve));
    },
    /** Types a line; resolves with the whole answer, the next prompt included. */
    async say(line: string): Promise<string> {
      chat.printed = '';
      chat.write(`${line}\n`);
      await chat.shows('\n\nτ> ');
      return chat.printed;
    },
  };
  output.on('data', (chunk: Buffer) => (chat.printed += chunk.toString()));
  return chat;
}
