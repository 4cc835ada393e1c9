// A card as Discord would get it: the body, what the platform's own rules find wrong with it, and its words.
import type { Block, Card } from '../../../../src/app/card.ts';
import { createLinkPolicy } from '../../../../src/bots/discord/render/escape.ts';
import { renderCard } from '../../../../src/bots/discord/render/render.ts';
import { outgoing } from '../../../../src/bots/discord/send/payload.ts';
import { flatten, type MessageBody, messageProblems, problemsOf } from '../../../fakes/discord/rest/check.ts';

export const links = createLinkPolicy(['coingecko.com']);
export const card = (blocks: Block[], more: Partial<Card> = {}): Card => ({
  kind: 'test',
  outcome: 'ok',
  tone: 'info',
  title: 'Title',
  blocks,
  ...more,
});
export const bodyOf = (given: Card): MessageBody => outgoing(renderCard(given, { links })).body;
export const problems = (given: Card): string[] => {
  const body = bodyOf(given);
  return [...problemsOf('MessageCreateRequest', body), ...messageProblems(body, [])];
};
export const textOf = (given: Card): string =>
  flatten(bodyOf(given).components ?? [])
    .map((node) => node.content ?? '')
    .join('\n');
export const button = (label: string, args: Record<string, string> = {}) => ({
  label,
  invocation: { command: 'coin', args },
});
