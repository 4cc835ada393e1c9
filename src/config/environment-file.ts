// The lines of `.env`, in whichever encoding an editor saved it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** Names and values in `.env` of `folder`; none without such a file. */
export function environmentLines(folder: string): [string, string | undefined][] {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return [];
  return Object.entries(parseEnv(textOf(readFileSync(file))));
}

/** The first words of lines in `.env` of `folder` that set nothing, with the number of the line; comments are none. */
export function unreadLines(folder: string): { line: number; word: string }[] {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return [];
  return textOf(readFileSync(file))
    .split(/\r?\n/)
    .flatMap((text, index) => {
      const word = /^\s*(?:export\s+|set\s+|\$env:)?([A-Za-z_]+)\b/.exec(text)?.[1];
      return word === undefined || Object.hasOwn(parseEnv(text), word) ? [] : [{ line: index + 1, word }];
    });
}

/** A line that sets a name: the name, what stands between "=" and the value, and everything after that. */
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(\s*)(.*)$/;

/** Lines in `.env` of `folder` of whose value Node reads a part only: it ends before "#", and after a closing quote. */
export function cutLines(folder: string): { line: number; name: string }[] {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return [];
  return textOf(readFileSync(file))
    .split(/\r?\n/)
    .flatMap((text, index) => {
      const [, name = '', space = '', value = ''] = ASSIGNMENT.exec(text) ?? [];
      return isCut(space, value) ? [{ line: index + 1, name }] : [];
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
