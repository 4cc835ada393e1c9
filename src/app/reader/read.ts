// The one reader of text: Slack words, mentions, direct messages, terminal and web; words to a command, or a question for the FAQ.
import { visibleArgs } from '../input/arguments.ts';
import type { Invocation } from '../card.ts';
import { type Command, topName } from '../command.ts';
import { surelyCoins } from './coins.ts';
import { readConvertArgs } from './convert-args.ts';
import { readDigestArgs } from './digest-args.ts';
import { readMarketArgs } from './market-args.ts';
import { quoted, type Reading, rowOf } from './reading.ts';
import { askedSubnet, joinSubnets, readSubnetArgs } from './subnets.ts';
import { readable, tokenise, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { bareCoin, wishOf } from './wishes.ts';
import { smallTalk } from './words.ts';

/** A command with its arguments; `remarks`: how something was read, and what was not understood. */
export type ReadText = Invocation & { remarks?: readonly string[] };

const WISHES = ['price', 'convert', 'chart', 'compare', 'coin'];
/** Commands whose name without a slash is an everyday word need arguments that are fully understood. */
const LONGEST_QUESTION = 2000;

/** Reads one line. Text that is no command becomes a question for the FAQ. Never throws. */
export function readText(text: string, commands: readonly Command[], vocabulary: Vocabulary, locale = 'en'): ReadText {
  const line = readable(text);
  const start = line.replace(/^[\s"'“”‘’*_~`|.,;:!?…]+/u, '');
  const slash = /^\/[a-z]/i.test(start);
  const tokens = tokenise(slash ? start.slice(1) : start);
  const found = findCommand(tokens, commands);
  if (found !== null) {
    const asked = readCommand(found.command, tokens.slice(found.length), vocabulary, locale, slash);
    if (asked !== null) return asked;
  }
  if (slash) return unknownCommand(tokens, commands);
  const byName = new Map(
    commands.flatMap((command) => (WISHES.includes(command.name) ? [[command.name, command] as const] : [])),
  );
  const subnet = askedSubnet(tokens, vocabulary);
  if (subnet !== null && commands.some(({ name }) => name === 'subnet')) return { command: 'subnet', args: { subnet } };
  const coin = bareCoin(tokens, vocabulary);
  if (coin !== null && byName.has('coin')) return { command: 'coin', args: { coin } };
  const talk = smallTalk(line);
  if (talk !== null) return { command: 'help', args: { about: talk } };
  const wish = wishOf(joinSubnets(tokens), byName, vocabulary, locale);
  if (wish !== null) return invocationOf(wish.command, wish.reading);
  return { command: 'faq', args: { question: line.slice(0, LONGEST_QUESTION) } };
}

function findCommand(
  tokens: readonly Token[],
  commands: readonly Command[],
): { command: Command; length: number } | null {
  const [first = '', second = ''] = tokens.map(({ word }) => word);
  const exact = commands.find((command) => command.name === `${first} ${second}`);
  if (exact !== undefined) return { command: exact, length: 2 };
  const single = commands.find((command) => command.name === first);
  if (single !== undefined) return { command: single, length: 1 };
  const list = second === '' ? commands.find((command) => command.name === `${first} list`) : undefined;
  return list === undefined ? null : { command: list, length: 1 };
}

/** Null when the words are rather a question than this command (never after a slash). */
function readCommand(
  command: Command,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  locale: string,
  slash: boolean,
): ReadText | null {
  if (tokens.length === 1 && tokens[0]?.word === 'help') return { command: 'help', args: { about: command.name } };
  const reading = readArgs(command, tokens, vocabulary, locale);
  if (!slash && (isUncertain(command, reading) || !surelyCoins(reading.args, vocabulary))) return null;
  if (!slash && command.name === 'subnet') return null; // "subnet fees" is a question: `askedSubnet` tells them apart
  return invocationOf(command.name, reading);
}

/** Gives every word of a row to an argument of the command, or leaves it over. */
function readArgs(command: Command, tokens: readonly Token[], vocabulary: Vocabulary, locale: string): Reading {
  const specs = visibleArgs(command);
  const text = specs.find(([, spec]) => spec.type === 'text' && spec.rest === true);
  if (text !== undefined) {
    const question = tokens.map(({ raw }) => raw).join(' ');
    return { args: question === '' ? {} : { [text[0]]: question }, unknown: [], left: [], remarks: [] };
  }
  const { named, plain } = namedArgs(command, tokens);
  const row = rowOf(joinSubnets(plain));
  const types = new Set(specs.map(([, spec]) => spec.type));
  const read = types.has('subnet')
    ? readSubnetArgs(command, row)
    : types.has('time')
      ? readDigestArgs(row, vocabulary)
      : types.has('number')
        ? readConvertArgs(row, vocabulary, locale)
        : types.has('coin') || types.has('coins')
          ? readMarketArgs(command, row, vocabulary)
          : readInOrder(command, row);
  return { ...read, args: { ...read.args, ...named }, left: row.left() };
}

/** "range:7d", "currency=eur": said by name. */
function namedArgs(command: Command, tokens: readonly Token[]): { named: Record<string, string>; plain: Token[] } {
  const named: Record<string, string> = {};
  const names = new Set(visibleArgs(command).map(([name]) => name));
  const plain = tokens.filter(({ raw }) => {
    const [, name = '', value = ''] = /^([a-z]+)[:=](.+)$/i.exec(raw) ?? [];
    if (value === '' || !names.has(name.toLowerCase())) return true;
    named[name.toLowerCase()] = value;
    return false;
  });
  return { named, plain };
}

/** Commands with simple arguments take their words in order: the number of a digest, a choice. */
function readInOrder(command: Command, row: ReturnType<typeof rowOf>): Omit<Reading, 'left'> {
  const args: Record<string, string> = {};
  for (const [name, spec] of visibleArgs(command)) {
    const index = row
      .free()
      .find((free) => spec.type !== 'choice' || (spec.choices ?? []).includes(row.tokens[free]?.word ?? ''));
    if (index === undefined) continue;
    row.take(index);
    args[name] = row.tokens[index]?.raw ?? '';
  }
  return { args, unknown: [], remarks: [] };
}

function isUncertain(command: Command, { args, left, unknown }: Reading): boolean {
  if (left.length > 0 || unknown.length > 0) return true;
  return visibleArgs(command).some(([name, spec]) => spec.required === true && args[name] === undefined);
}

function invocationOf(command: string, { args, left, remarks }: Reading): ReadText {
  const said = [...remarks, ...(left.length === 0 ? [] : [`I did not understand ${quoted(left)}.`])];
  return { command, args, ...(said.length === 0 ? {} : { remarks: said }) };
}

/** "/digest 09:00", "/digest craete": help on the group, naming what is unknown; any other unknown command as it is. */
function unknownCommand(tokens: readonly Token[], commands: readonly Command[]): ReadText {
  const [first, ...rest] = tokens;
  const word = first?.word ?? '';
  if (!commands.some((command) => topName(command) === word)) return { command: word.slice(0, 40), args: {} };
  const left = rest.filter(({ word: said }) => said !== 'help').map(({ raw }) => raw);
  const remarks = left.length === 0 ? {} : { remarks: [`I did not understand ${quoted(left)}.`] };
  return { command: 'help', args: { about: word }, ...remarks };
}
