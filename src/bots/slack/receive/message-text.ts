// What people wrote in Slack, without Slack's own markup: the words that the shared grammar reads.
import type { Invocation } from '../../../app/card.ts';
import { type Command, topName } from '../../../app/command.ts';
import { visibleArgs } from '../../../app/input/arguments.ts';

const LONGEST_TEXT = 4000;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Mentions of `botUser` go, links become what was typed, labels of users and channels are dropped, entities are decoded. */
export function readable(text: unknown, botUser: string | null = null): string {
  if (typeof text !== 'string') return '';
  return text
    .slice(0, LONGEST_TEXT)
    .replaceAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, user: string) => (user === botUser ? ' ' : `<@${user}>`))
    .replaceAll(/<#([A-Z0-9]+)(?:\|[^<>]*)?>/g, '<#$1>')
    .replaceAll(/<(?:https?:\/\/|mailto:|tel:)[^<>|]*\|([^<>]*)>/g, '$1')
    .replaceAll(/<(https?:\/\/[^<>|]*)>/g, '$1')
    .replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The id in Slack's way to name a channel ("<#C1|general>"), null for anything else. */
export function channelId(text: string): string | null {
  return /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? null;
}

/** Whom a text mentions first: the bot itself, as long as its own id is not known. */
export function firstMention(text: string): string | null {
  return /<@([A-Z0-9]+)(?:\|[^<>]*)?>/.exec(text)?.[1] ?? null;
}

/** "/digest" alone is a command in Slack's eyes; it shows what of its group needs no arguments, a list first. */
export function bareGroup(text: string, commands: readonly Command[]): Invocation | null {
  const word = text.replace(/^\//, '').toLowerCase();
  if (commands.some((command) => command.name === word)) return null;
  const plain = commands.filter(
    (command) => topName(command) === word && !visibleArgs(command).some(([, spec]) => spec.required),
  );
  const shown =
    plain.find((command) => command.name.endsWith(' list')) ?? plain.find((command) => command.manage !== true);
  return shown === undefined ? null : { command: shown.name, args: {} };
}
