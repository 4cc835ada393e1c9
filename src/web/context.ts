// What every route of the web server shares: the core, the clock, and how a visitor's text becomes a card.
import { visitorKey } from './client-address.ts';
import { decodeInvocation } from '../app/control-id.ts';
import { blocksOn, type Card, type Invocation } from '../app/card.ts';
import type { Command, CommandContext, Request } from '../app/command.ts';
import type { Dispatch } from '../app/dispatch.ts';
import { messageCard } from '../app/error-card.ts';
import { readText } from '../app/reader/read.ts';
import type { Services } from '../app/services.ts';
import { vocabularyOf } from '../app/reader/vocabulary.ts';

/** Longest text of a visitor that is looked at. */
export const LONGEST_QUERY = 2000;

export type WebContext = {
  services: Services;
  now: () => number;
  monotonic: () => number;
  /** Any text that a chat could send. */
  ask(text: string, locale: string): Promise<Card>;
  /** A command with its arguments, as a program names them. */
  run(invocation: Invocation): Promise<Card>;
  /** A pressed control, in the form of `encodeInvocation`. */
  press(code: string): Promise<Card>;
  context(locale?: string): CommandContext;
};

export function createWebContext(options: {
  services: Services;
  commands: readonly Command[];
  dispatch: Dispatch;
  /** Epoch ms. */
  now: () => number;
  /** Ms that never step back; `now` unless given. */
  monotonic?: () => number;
}): WebContext {
  const { services, commands, dispatch, now, monotonic = now } = options;
  const vocabulary = vocabularyOf(services);
  const request = (invocation: Invocation, locale: string, via: Request['via']): Request => ({
    platform: 'web',
    ...invocation,
    user: { id: visitorKey(), canManage: false },
    place: { tenant: '-', channel: '-' },
    locale,
    via,
  });
  /** Programs get what people see on the page. */
  const answer = async (asked: Request): Promise<Card> => {
    const card = await dispatch(asked);
    return { ...card, blocks: blocksOn(card, 'page') };
  };
  return {
    services,
    now,
    monotonic,
    ask: (text, locale) => answer(request(readText(text, commands, vocabulary, locale), locale, 'text')),
    run: (invocation) => answer(request(invocation, services.defaults.locale, 'command')),
    async press(code) {
      const invocation = decodeInvocation(code);
      if (invocation === null)
        return messageCard(
          'error',
          'invalid',
          'Unknown link',
          'That link is not one of ours any more. Ask again below.',
        );
      return await answer(request(invocation, services.defaults.locale, 'control'));
    },
    context: (locale = services.defaults.locale) => ({
      request: request({ command: 'coin', args: {} }, locale, 'command'),
      services,
      now: now(),
    }),
  };
}
