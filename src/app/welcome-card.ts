// What the bot says once where it was just invited: who it is, and three ways to begin. Answers go to whoever pressed.
import { ASIDE, type Card } from './card.ts';

export const WELCOME_CARD: Card = {
  kind: 'welcome',
  outcome: 'ok',
  tone: 'info',
  title: 'Hi, I am taobot',
  blocks: [
    {
      kind: 'text',
      spans: [
        'I know the price of TAO and of other coins, and checked answers about Bittensor. Mention me and ask, or press:',
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'TAO now', invocation: { command: 'coin', args: { coin: 'bittensor', ...ASIDE } }, style: 'primary' },
        { label: 'Set up a morning post', invocation: { command: 'digest setup', args: { ...ASIDE } } },
        { label: 'What can you do?', invocation: { command: 'help', args: { about: 'help', ...ASIDE } } },
      ],
    },
    { kind: 'note', spans: ['A morning post is for those who manage a channel; everything else is for everybody.'] },
  ],
};
