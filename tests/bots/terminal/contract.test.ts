// The terminal keeps the contract of all bots; it has one reader, who cannot refuse anything.
import { PassThrough } from 'node:stream';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import { createTerminalBot } from '../../../src/bots/terminal/bot.ts';
import { type BotFixture, describeBot } from '../../contracts/bot.ts';
import { NO_WORDS } from '../../fakes/vocabulary.ts';
import { createTestClock } from '../../fakes/clock.ts';

function open(): Promise<BotFixture> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const quiet = () => undefined;
  const bot = createTerminalBot({
    input,
    output,
    colour: false,
    images: null,
    commands: COMMANDS,
    vocabulary: NO_WORDS,
    dispatch: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    locale: 'en',
    completeCoin: () => [],
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    sleep: createTestClock().sleep,
    onEnd: quiet,
  });
  return Promise.resolve({
    bot,
    channel: () => ({ tenant: '-', channel: '-' }),
    visible: () => printed.split('Contract card').length - 1,
    removes: false,
    close: () => bot.stop(),
  });
}

describeBot('Terminal', open);
