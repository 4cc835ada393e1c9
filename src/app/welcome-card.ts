// What the bot says once where it was just invited: who it is, and three ways to begin. Answers go to whoever pressed.
import { ASIDE, type Card, type Invocation } from './card.ts';

/** In a channel: answers go to whoever pressed, and a post is set up right there. */
export const WELCOME_CARD: Card = welcome({ command: 'digest setup', args: { ...ASIDE } }, ASIDE);
/** On a page of one's own: the post belongs to a channel, so it says how to set it up there. */
export const OWN_WELCOME_CARD: Card = welcome({ command: 'help', args: { about: 'digest-setup' } }, {});

function welcome(setUp: Invocation, aside: Readonly<Record<string, string>>): Card {
  return {
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
          {
            label: 'TAO now',
            invocation: { command: 'coin', args: { coin: 'bittensor', ...aside } },
            style: 'primary',
          },
          { label: 'Set up a morning post', invocation: setUp },
          { label: 'What can you do?', invocation: { command: 'help', args: { about: 'help', ...aside } } },
        ],
      },
      { kind: 'note', spans: ['A morning post is for those who manage a channel; everything else is for everybody.'] },
    ],
  };
}
