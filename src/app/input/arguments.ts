// From raw strings to typed arguments, and from words to raw strings: one grammar for Slack, terminal, web and mentions.
import type { ArgSpec, ArgSpecs, Command } from '../command.ts';
import { UserError } from '../../base/errors.ts';
import { readAmount } from '../reader/numbers.ts';
import { headOf } from '../../base/visible-text.ts';

/** Longest raw argument that is looked at; the rest can only be noise or an attack. */
const LONGEST = 2000;

/** What of a command's arguments is not looked at, in words; empty when all is. */
export function unreadPart(command: Command, raw: Readonly<Record<string, string>>): string[] {
  const long = Object.keys(command.args).filter(
    (name) => Object.hasOwn(raw, name) && (raw[name] ?? '').length > LONGEST,
  );
  return long.map((name) => `I read only the first ${LONGEST.toLocaleString('en')} characters of ${name}.`);
}

/**
 * Parses raw strings by specification.
 * @throws UserError naming the argument and an example of what to type.
 */
export function parseArgs(
  command: Command,
  raw: Readonly<Record<string, string>>,
  locale = 'en',
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(command.args)) {
    const text = Object.hasOwn(raw, name) ? (raw[name] ?? '').slice(0, LONGEST).trim() : '';
    if (text === '') {
      if (spec.required)
        throw new UserError(
          'missing-argument',
          `\`/${command.name}\` needs ${describe(name, spec)}. ${usage(command)}`,
        );
      continue;
    }
    values[name] = parseValue(name, spec, text, locale);
  }
  return values;
}

function parseValue(name: string, spec: ArgSpec, text: string, locale: string): unknown {
  switch (spec.type) {
    case 'number': {
      const value = readAmount(text, locale);
      if (value === null)
        throw new UserError(
          'bad-number',
          `"${headOf(text, 40)}" is not a number that I can read. Type one like 2.5, 1,000 or 400k.`,
        );
      return value;
    }
    case 'coins':
      return splitList(text);
    case 'days':
      return text
        .toLowerCase()
        .split(/[\s,;+]+/)
        .filter((word) => word !== '' && word !== 'and');
    case 'flag':
      return /^(1|true|yes|on)$/i.test(text);
    case 'choice': {
      const choice = (spec.choices ?? []).find((option) => option.toLowerCase() === text.toLowerCase());
      if (choice === undefined)
        throw new UserError('bad-choice', `Choose ${article(name)} ${name}: ${(spec.choices ?? []).join(', ')}.`);
      return choice;
    }
    default:
      return text;
  }
}

/** "tao, near fet" → ["tao", "near fet"]: names may have several words, so only marks divide here. */
export function splitList(text: string): string[] {
  return text
    .split(/\s*[,;+&]\s*|\s+(?:and|vs\.?|versus|und)\s+/i)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** "a coin: ticker, name or ID", "coins: one or several, separated by commas or spaces". */
function describe(name: string, spec: ArgSpec): string {
  const words = `${spec.description.charAt(0).toLowerCase()}${spec.description.slice(1)}`;
  if (words.startsWith('what ')) return words; // "from" is no thing
  return `${spec.type === 'coins' ? name : `${article(name)} ${name}`}: ${words}`;
}

function article(name: string): string {
  return /^[aeiou]/.test(name) ? 'an' : 'a';
}

/** How a command is typed, e.g. "/coin <coin> [currency]". */
export function signature(command: Command): string {
  const words = visibleArgs(command).map(([name, spec]) => (spec.required ? `<${name}>` : `[${name}]`));
  return [`/${command.name}`, ...words].join(' ');
}

/** The arguments that people can type or pick (not those of buttons). */
export function visibleArgs(command: { args: ArgSpecs }): [string, ArgSpec][] {
  return Object.entries(command.args).filter(([, spec]) => !spec.hidden);
}

function usage(command: Command): string {
  return `Try \`${command.example ?? signature(command)}\`.`;
}
