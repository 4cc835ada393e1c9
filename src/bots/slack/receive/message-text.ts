// What people wrote in Slack, without Slack's own markup: the words that the shared grammar reads.
import { visibleArgs } from '../../../app/input/arguments.ts';
import type { Invocation } from '../../../app/card.ts';
import { type Command, topName } from '../../../app/command.ts';

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

/** Channels in arguments become their ids ("<#C1|general>" → "C1"), the form that other platforms hand over, too. */
export function withChannelIds(invocation: Invocation, commands: readonly Command[]): Invocation {
  const specs = commands.find((command) => command.name === invocation.command)?.args ?? {};
  const args: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(invocation.args)) {
    const channel =
      Object.hasOwn(specs, name) && specs[name]?.type === 'channel'
        ? /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1]
        : undefined;
    args[name] = channel ?? value;
  }
  return { command: invocation.command, args };
}

/** The channel that a command is about: one it names, else the one it was typed in. */
export function targetChannel(invocation: Invocation, commands: readonly Command[], here: string): string {
  const specs = commands.find((command) => command.name === invocation.command)?.args ?? {};
  const named = Object.entries(specs).find(
    ([name, spec]) => spec.type === 'channel' && (invocation.args[name] ?? '') !== '',
  )?.[0];
  return named === undefined ? here : (invocation.args[named] ?? here);
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
