// The command that a row of words begins with: by its whole name, its group, or as the subject of "help".
import type { Invocation } from '../card.ts';
import { type Command, topName } from '../command.ts';
import { quoted } from './reading.ts';
import type { Token } from './tokens.ts';

/** "help price", "/help digest": help on that command. */
export function helpOn([first, second, ...more]: readonly Token[], commands: readonly Command[]): Invocation | null {
  if (first?.word !== 'help' || second === undefined || more.length > 2) return null;
  const about = [second, ...more].filter(({ word }) => !/^(?:with|on|about|for)$/.test(word));
  const typed = about.map(({ word }) => word.replace(/^\//, '')).join(' ');
  const isKnown = (name: string) => commands.some((command) => command.name === name || topName(command) === name);
  const name = [typed, typed.replace(/s$/, '')].find(isKnown); // "help with alerts"
  return name === undefined ? null : { command: 'help', args: { about: name } };
}

export function findCommand(
  tokens: readonly Token[],
  commands: readonly Command[],
): { command: Command; length: number } | null {
  const [first = '', second = ''] = tokens.map(({ word }) => word);
  const both = `${first} ${second}`;
  const exact = commands.find(({ name }) => name === both);
  if (exact !== undefined) return { command: exact, length: 2 };
  const single = commands.find((command) => command.name === first);
  if (single !== undefined) return { command: single, length: 1 };
  const group = `${first} `;
  const short =
    second === '' || second === 'help'
      ? undefined
      : commands.find(({ name, shorthand }) => shorthand === true && name.startsWith(group));
  if (short !== undefined) return { command: short, length: 1 };
  const lists = [`${first} list`, `${first.replace(/s$/, '')} list`, `${first} export`]; // "/alerts"
  const list = second === '' ? commands.find(({ name }) => lists.includes(name)) : undefined;
  return list === undefined ? null : { command: list, length: 1 };
}

/** "/digest nonsense": help on the group, naming what is unknown; any other unknown command as it is. */
export function unknownCommand(
  [first, ...rest]: readonly Token[],
  commands: readonly Command[],
): Invocation & { remarks?: readonly string[] } {
  const word = first?.word ?? '';
  if (!commands.some((command) => topName(command) === word)) return { command: word.slice(0, 40), args: {} };
  const left = rest.filter(({ word: said }) => said !== 'help').map(({ raw }) => raw);
  const about = { command: 'help', args: { about: word } };
  return left.length === 0 ? about : { ...about, remarks: [`I did not understand ${quoted(left)}.`] };
}
