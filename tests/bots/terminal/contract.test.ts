// The terminal keeps the contract of all bots; it has one reader, who cannot refuse anything.
import { messageCard } from '../../../src/app/error-card.ts';
import { type BotFixture, describeBot } from '../../contracts/bot.ts';
import { NO_WORDS } from '../../fakes/vocabulary.ts';
import { openChat } from './typed-chat.ts';
import { createTestClock } from '../../fakes/clock.ts';

function open(): Promise<BotFixture> {
  const quiet = () => undefined;
  const chat = openChat({
    vocabulary: NO_WORDS,
    dispatch: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    sleep: createTestClock().sleep,
  });
  const { bot } = chat;
  return Promise.resolve({
    bot,
    channel: () => ({ tenant: '-', channel: '-' }),
    visible: () => chat.printed.split('Contract card').length - 1,
    removes: false,
    close: () => bot.stop(),
  });
}

describeBot('Terminal', open);
