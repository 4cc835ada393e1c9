// The lines of `.env`, in whichever encoding an editor saved it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from '../base/errors.ts';

/** Names and values in `.env` of `folder`; none without such a file. @throws ConfigError when there is one that cannot be read */
export function environmentLines(folder: string): [string, string | undefined][] {
  return Object.entries(parseEnv(readText(folder)));
}

function readText(folder: string): string {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return '';
  let text: string;
  try {
    text = textOf(readFileSync(file));
  } catch (error) {
    throw unreadable(error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason');
  }
  if (text.includes('\0')) throw unreadable('NUL'); // an encoding that we do not know
  return text;
}

function unreadable(code: string): ConfigError {
  return new ConfigError([
    `.env cannot be read (${code}): it must be a file, in UTF-8 or UTF-16, that the user who runs the bot may read`,
  ]);
}

/** For what is said about single lines: of a file that cannot be read there are none, which is said already. */
function linesOf(folder: string): string[] {
  try {
    return readText(folder).split(/\r?\n/);
  } catch {
    return [];
  }
}

/** The first words of lines in `.env` of `folder` that set nothing, with the number of the line; comments are none. */
export function unreadLines(folder: string): { line: number; word: string }[] {
  return linesOf(folder).flatMap((text, index) => {
    const word = /^\s*(?:export\s+|set\s+|\$env:)?([A-Za-z_]+)\b/.exec(text)?.[1];
    return word === undefined || Object.hasOwn(parseEnv(text), word) ? [] : [{ line: index + 1, word }];
  });
}

/** A line that sets a name: the name, what stands between "=" and the value, and everything after that. */
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(\s*)(.*)$/;

/** Lines in `.env` of `folder` of whose value Node reads a part only: it ends before "#", and after a closing quote. */
export function cutLines(folder: string): { line: number; name: string }[] {
  return linesOf(folder).flatMap((text, index) => {
    const [, name = '', space = '', value = ''] = ASSIGNMENT.exec(text) ?? [];
    return isCut(space, value) ? [{ line: index + 1, name }] : [];
  });
}

/** Names that `.env` of `folder` sets more than once, with the lines whose values are lost; the last line of a name counts. */
export function repeatedLines(folder: string): { name: string; line: number; lost: number[] }[] {
  const set = linesOf(folder).flatMap((text, index) => {
    const [, name = ''] = ASSIGNMENT.exec(text) ?? [];
    return name === '' ? [] : [{ name, line: index + 1, value: parseEnv(text)[name]?.trim() ?? '' }];
  });
  const last = new Map(set.map((one) => [one.name, one]));
  return [...last.values()].flatMap(({ name, line, value }) => {
    const others = set.filter((one) => one.name === name && one.value !== '' && one.value !== value);
    return others.length === 0 ? [] : [{ name, line, lost: others.map((one) => one.line) }];
  });
}

function isCut(space: string, value: string): boolean {
  const closing = /^["'`]/.test(value) ? value.indexOf(value.charAt(0), 1) : -2;
  if (closing >= 0) return /^\s*[^\s#]/.test(value.slice(closing + 1));
  return closing === -2 && /\S#/.test(`${space === '' ? '=' : ' '}${value.split(/\s#/)[0] ?? ''}`);
}

/** Whether `.env` is there and every user of the machine may read it. Windows has no such bits. */
export function isEnvironmentFileOpen(): boolean {
  const found = process.platform === 'win32' ? undefined : statSync('.env', { throwIfNoEntry: false });
  return found !== undefined && (found.mode & 0o004) !== 0;
}

/** Editors of Windows put a mark before UTF-8, and PowerShell writes UTF-16: with either, the first name would not be one. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes); // takes the mark away
}
