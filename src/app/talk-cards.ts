// What to say to questions about the bot itself and about the future of prices: fixed cards with buttons that lead on.
import type { Button, Card, Span } from './card.ts';
import { messageCard } from './error-card.ts';

const TAO: Button = { label: 'TAO now', invocation: { command: 'coin', args: { coin: 'bittensor' } } };
export const CAN_DO: Button = { label: 'What can you do?', invocation: { command: 'help', args: { about: 'help' } } };

/** Said about a picture, an emoji or a link that somebody else posted. */
export const WORDLESS: Card = messageCard(
  'faq',
  'not-found',
  'Nothing to answer',
  'That message has no words that I can read. Choose one with a question, or ask with `/faq`.',
);

/** By what a message is taken for, see `smallTalk` and `asksForPrediction`. */
export const TALK_CARDS = {
  who: card(
    'I am taobot, a bot',
    [
      'A program, not a person: free software by the taobot contributors, run here by whoever invited me. Prices come from named sources with their age, answers from a list that people checked, with source and date. When I am not sure, I say so.',
    ],
    [CAN_DO, TAO, { label: 'About', invocation: { command: 'about', args: {} } }],
  ),
  invite: card(
    'Bring me along',
    [
      'Ask whoever runs me for the invite link: on Discord you need the right to manage the server, in Slack an admin may have to approve. I am free software, so you can also run a copy of your own; the README says how, in five steps for Discord and for Slack.',
    ],
    [CAN_DO, TAO],
  ),
  wrong: card(
    'Sorry about that',
    [
      'Press "Wrong" under an answer, and the people who look after the answers will see which one it was. Every number names its source and its age, so that you can check it. Or ask again in other words.',
    ],
    [CAN_DO, { label: 'About', invocation: { command: 'about', args: {} } }],
  ),
  awake: card(
    'I am here',
    [
      'I read you, and this is my answer. How old my prices are, and which source fails just now, is in the about card.',
    ],
    [{ label: 'About', invocation: { command: 'about', args: {} } }, CAN_DO],
  ),
  stop: card(
    'What should stop?',
    ['Nothing was changed. Alerts and daily posts can be paused or deleted in their lists.'],
    [
      { label: 'Alerts', invocation: { command: 'alert list', args: {} } },
      { label: 'Daily posts', invocation: { command: 'digest list', args: {} } },
    ],
  ),
  prediction: card(
    'I do not predict prices',
    [
      'Nobody can do that reliably, and I do not advise to buy or sell. What I can show is what is so now, what was, and what a price depends on.',
    ],
    [
      TAO,
      { label: '1 year chart', invocation: { command: 'chart', args: { coin: 'bittensor', range: '1y' } } },
      { label: 'What moves the price?', invocation: { command: 'faq', args: { id: 'price-drivers' } } },
    ],
  ),
} as const;

function card(title: string, spans: readonly Span[], buttons: readonly Button[]): Card {
  return {
    kind: 'help',
    outcome: 'ok',
    tone: 'info',
    title,
    blocks: [
      { kind: 'text', spans },
      { kind: 'buttons', buttons },
    ],
  };
}
