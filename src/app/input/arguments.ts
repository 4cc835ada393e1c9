// From raw strings to typed arguments, and from words to raw strings: one grammar for Slack, terminal, web and mentions.
import type { ArgSpec, ArgSpecs, Command } from '../command.ts';
import { UserError } from '../../base/errors.ts';

/** Longest raw argument that is looked at; the rest can only be noise or an attack. */
const LONGEST = 2000;

/**
 * Parses raw strings by specification.
 * @throws UserError naming the argument and an example of what to type.
 */
export function parseArgs(command: Command, raw: Readonly<Record<string, string>>): Record<string, unknown> {
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
    values[name] = parseValue(name, spec, text);
  }
  return values;
}

function parseValue(name: string, spec: ArgSpec, text: string): unknown {
  switch (spec.type) {
    case 'number': {
      const value = parseAmount(text);
      if (value === null)
        throw new UserError(
          'bad-number',
          `"${text.slice(0, 40)}" is not an amount for ${name}. Type a number like 2.5, 1,000 or 400k.`,
        );
      return value;
    }
    case 'coins':
      return splitList(text);
    case 'days':
      return splitList(text.toLowerCase());
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

/** "tao, near fet" → ["tao", "near", "fet"]. */
export function splitList(text: string): string[] {
  return text.split(/[\s,;+]+/).filter((word) => word !== '' && !/^(and|vs\.?|versus|&|und)$/i.test(word));
}

/**
 * Reads an amount as people type it: "2.5", "1,000.50", "1.000,50", "1 000", "1_000", "$400", "400k", "1e-6". A single comma followed by
 * three digits is a thousands separator. Returns null for anything that is not clearly one finite number.
 */
export function parseAmount(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^[$€£¥]|[$€£¥]$/g, '')
    .replaceAll(/(?<=\d)[\s_'’](?=\d)/g, '');
  const match = /^([+-]?)(\d[\d.,]*|[.,]\d+)(e[+-]?\d{1,3})?\s*(k|thousand|m|mio|million|b|bn|billion)?$/.exec(plain);
  if (match === null) return null;
  const digits = decimal(match[2] ?? '');
  if (digits === null) return null;
  const scale = { k: 1e3, t: 1e3, m: 1e6, b: 1e9 }[match[4]?.[0] ?? ''] ?? 1;
  const value = Number(`${match[1] ?? ''}${digits}${match[3] ?? ''}`) * scale;
  return Number.isFinite(value) ? value : null;
}

function decimal(text: string): string | null {
  const comma = text.lastIndexOf(',');
  const dot = text.lastIndexOf('.');
  if (comma >= 0 && dot >= 0) {
    const [group, point] = comma > dot ? ['.', ','] : [',', '.'];
    const whole = text.slice(0, Math.max(comma, dot));
    if (whole.includes(point) || !groupsOfThree(whole, group)) return null;
    return `${whole.replaceAll(group, '')}.${text.slice(Math.max(comma, dot) + 1)}`;
  }
  if (comma < 0) return text.indexOf('.') === dot ? text : groupsOfThree(text, '.') ? text.replaceAll('.', '') : null;
  if (text.indexOf(',') !== comma || /^[1-9]\d{0,2},\d{3}$/.test(text))
    return groupsOfThree(text, ',') ? text.replaceAll(',', '') : null;
  return text.replace(',', '.');
}

function groupsOfThree(text: string, separator: string): boolean {
  const [first = '', ...rest] = text.split(separator);
  return first.length >= 1 && first.length <= 3 && rest.every((part) => part.length === 3);
}

/** "a coin: ticker, name or ID", "coins: one or several, separated by commas or spaces". */
function describe(name: string, spec: ArgSpec): string {
  const words = `${spec.description.charAt(0).toLowerCase()}${spec.description.slice(1)}`;
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
