// What people type, and what must be understood of it, over all commands: the rows of the files beside this one.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * One line of a file: `locale | what is typed | command name=value; name=value | remark > words of the answer`. A question for the FAQ is a single
 * "?". The remark says how something was read, what was left out or not understood; behind ">" stand words of the answer where it is a question
 * back or a refusal. Lines that begin with "##" are comments.
 */
export type Row = {
  file: string;
  locale: string;
  text: string;
  command: string;
  args: Record<string, string>;
  remark: string;
  asks: string | null;
};

const FOLDER = path.join(import.meta.dirname, 'table');

export function tableRows(): Row[] {
  return readdirSync(FOLDER).flatMap((file) =>
    readFileSync(path.join(FOLDER, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('##'))
      .map((line) => toRow(line, file)),
  );
}

function toRow(line: string, file: string): Row {
  const [locale = '', text = '', result = '', said = ''] = line.split(' | ');
  const [remark = '', asks = null] = said.split(/ ?> /);
  if (result === '?') return { file, locale, text, command: 'faq', args: { question: text }, remark, asks };
  const [, command = '', list = ''] = /^([a-z-]+(?: [a-z]+)?)(?: ([a-z]+=.*))?$/.exec(result) ?? [];
  if (command === '') throw new Error(`${file}: ${line}`);
  const pairs =
    list === ''
      ? []
      : list.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return { file, locale, text, command, args: Object.fromEntries(pairs) as Record<string, string>, remark, asks };
}
