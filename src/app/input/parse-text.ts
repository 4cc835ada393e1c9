// Words to requests: "/coin tao eur", "convert 2 tao to usd", "digest create 09:00 Europe/Berlin", or a free question.
import { visibleArgs } from './arguments.ts';
import type { Invocation } from '../card.ts';
import type { ArgSpec, Command } from '../command.ts';
import type { Services } from '../services.ts';

/** What the grammar needs to know of the world: which words are currencies and coins. */
export type Vocabulary = {
  isCurrency(word: string): boolean;
  isCoin(text: string): boolean;
  /** A city or zone name without its region ("berlin"). */
  isZone(word: string): boolean;
};

/** Currencies of the market, coins of the index, zones of the digests. */
export function vocabularyOf(services: Services): Vocabulary {
  return {
    isCurrency: (word) => services.market.currencies().includes(word),
    isCoin: (text) => text.length <= 60 && services.content.index().resolve(text).kind === 'exact',
    isZone: (word) =>
      word.length <= 40 &&
      services.digests.zones(word, 5).some((zone) => zone.toLowerCase().split('/').at(-1) === word.toLowerCase()),
  };
}

/** `uncertain`: words were left over or a coin is unknown, so without a slash the text is rather a question than a command. */
export type ParsedText = { invocation: Invocation; uncertain: boolean };

const NOISE = new Set([
  'to',
  'in',
  'into',
  'of',
  'for',
  'at',
  'on',
  'the',
  '=',
  '->',
  '→',
  'vs',
  'versus',
  'and',
  'please',
]);

/** Reads one line. Text that is no command becomes a question for the FAQ. */
export function readText(text: string, commands: readonly Command[], vocabulary: Vocabulary): Invocation {
  const line = text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}]/gu, '')
    .trim()
    .slice(0, 2000);
  const slash = line.startsWith('/');
  const words = (slash ? line.slice(1) : line).split(/\s+/).filter(Boolean);
  const command = findCommand(words, commands);
  if (command !== undefined) {
    const reading = readArgs(command, words.slice(command.name.split(' ').length), vocabulary);
    if (slash || !reading.uncertain) return reading.invocation;
  }
  if (slash && words[0] !== undefined) return { command: words[0].toLowerCase().slice(0, 40), args: {} };
  const single = words.length <= 2 && vocabulary.isCoin(line.replace(/^\$/, '').replace(/[?!.]+$/, ''));
  return single
    ? { command: 'coin', args: { coin: line.replace(/^\$/, '').replace(/[?!.]+$/, '') } }
    : { command: 'faq', args: { question: line } };
}

function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase());
  return (
    commands.find((command) => command.name === `${first} ${second}`) ??
    commands.find((command) => command.name === first) ??
    (second === '' ? commands.find((command) => command.name === `${first} list`) : undefined)
  );
}

/** Gives each word to the argument that fits it: `name:value`, then by form (range, currency, time, zone), the rest to the main argument. */
export function readArgs(command: Command, words: readonly string[], vocabulary: Vocabulary): ParsedText {
  const specs = visibleArgs(command);
  const args: Record<string, string> = {};
  const rest: string[] = [];
  for (const word of words) {
    const named = /^([a-z]+)[:=](.+)$/i.exec(word);
    const key = named?.[1]?.toLowerCase();
    if (named?.[2] !== undefined && key !== undefined && specs.some(([name]) => name === key)) args[key] = named[2];
    else rest.push(word);
  }
  const main = specs.find(([name, spec]) => spec.rest && args[name] === undefined);
  const left = assignByForm(specs, rest, args, main?.[0], vocabulary);
  if (main !== undefined && left.length > 0) {
    args[main[0]] =
      main[1].type === 'text' ? left.join(' ') : left.filter((word) => !NOISE.has(word.toLowerCase())).join(' ');
    left.length = 0;
  }
  return { invocation: { command: command.name, args }, uncertain: isUncertain(command, args, left, vocabulary) };
}

function assignByForm(
  specs: readonly [string, ArgSpec][],
  words: readonly string[],
  args: Record<string, string>,
  main: string | undefined,
  vocabulary: Vocabulary,
): string[] {
  const left: string[] = [];
  for (const [index, word] of words.entries()) {
    const free = specs.filter(([name]) => args[name] === undefined && name !== main);
    const listed = main === 'coins' && vocabulary.isCoin(word) && !/^(in|to)$/i.test(words[index - 1] ?? '');
    const fitting = free.find(
      ([, spec]) => !(listed && spec.type === 'currency') && fits(spec, word, vocabulary, index),
    );
    if (fitting !== undefined) args[fitting[0]] = fitting[1].type === 'flag' ? 'true' : word;
    else if (main === undefined && NOISE.has(word.toLowerCase())) continue;
    else left.push(word);
  }
  return left;
}

function fits(spec: ArgSpec, word: string, vocabulary: Vocabulary, index: number): boolean {
  const lower = word.toLowerCase();
  switch (spec.type) {
    case 'currency':
      return index > 0 && vocabulary.isCurrency(lower);
    case 'choice':
      return (spec.choices ?? []).some((choice) => choice.toLowerCase() === lower);
    case 'number':
      return /^[$€£]?[+-]?[\d.,]+(e[+-]?\d+)?(k|m|b|bn)?$/i.test(word);
    case 'time':
      return /^\d{1,2}([:.h]\d{2})?(am|pm|h)?$/i.test(word) || /^(noon|midnight)$/.test(lower);
    case 'zone':
      if (/^[a-z_]+\/[a-z_/+-]+\d*$/i.test(word) || /^(utc|gmt)([+-]\d{1,2})?$/i.test(word)) return true;
      return vocabulary.isZone(lower) && !vocabulary.isCoin(word);
    case 'days':
      return /^(daily|everyday|weekdays|weekends?|((mon|tue|wed|thu|fri|sat|sun)[a-z]*[,-]?)+)$/.test(lower);
    case 'channel':
      return /^(<#[^>]+>|#\S+)$/.test(word);
    case 'flag':
      return lower === 'replace';
    case 'coin':
      return !NOISE.has(lower) && !spec.rest;
    case 'digest':
      return true;
    default:
      return false;
  }
}

function isUncertain(
  command: Command,
  args: Readonly<Record<string, string>>,
  left: readonly string[],
  vocabulary: Vocabulary,
): boolean {
  if (left.length > 0) return true;
  return visibleArgs(command).some(([name, spec]) => {
    const value = args[name];
    if (value === undefined) return spec.required === true;
    if (spec.type === 'coin') return !vocabulary.isCoin(value) && !vocabulary.isCurrency(value.toLowerCase());
    return spec.type === 'coins' && !value.split(/[\s,]+/).every((word) => vocabulary.isCoin(word));
  });
}
