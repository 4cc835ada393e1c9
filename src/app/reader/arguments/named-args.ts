// Arguments said by name: "range:7d", "currency=eur"; and the name of an option as a word before its value ("range 7d").
import { visibleArgs } from '../../input/arguments.ts';
import type { Command } from '../../command.ts';
import { isWellKnown, nameAround } from '../coins.ts';
import { quoted, type Reading } from '../reading.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Some commands take one coin, others several: nobody remembers which. */
const SAME_OPTION: Readonly<Record<string, string>> = { coin: 'coins', coins: 'coin', zone: 'timezone' };
/** These names are words with a meaning of their own in a row: a direction, a flag, an end. */
const MEANING = new Set(['from', 'to', 'replace', 'subnets', 'subnet', 'everywhere', 'expires']);

/** "every two days 9:00": no label of what follows. */
const COUNTED = /^(?:\d+|two|three|four|all|no|odd|even|business|working|work)$/;

/** What is said by name, and the other words. The name of an option before a word is a label: no coin of that ticker, `$coins` is one. */
export function namedArgs(
  command: Command,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): { named: Record<string, string>; plain: Token[] } {
  const named: Record<string, string> = {};
  const names = new Set(visibleArgs(command).map(([name]) => name));
  const optionOf = (word: string) => [word, SAME_OPTION[word] ?? ''].find((one) => names.has(one));
  const voice = visibleArgs(command).find(([, spec]) => spec.type === 'voice')?.[0];
  const plain = tokens.filter(({ raw, word }, index) => {
    if (voice !== undefined && /^(?:<#[^>]+>|#\S+)$/.test(raw)) {
      named[voice] = raw;
      return false;
    }
    const [, typed = '', value = ''] = /^([a-z]+)[:=](.+)$/i.exec(raw) ?? [];
    const name = optionOf(typed.toLowerCase());
    if (name !== undefined) named[name] = value;
    if (name !== undefined) return false;
    const isCounted = word === 'days' && COUNTED.test(tokens[index - 1]?.word ?? '');
    const isLabel = index < tokens.length - 1 && optionOf(word) !== undefined && !MEANING.has(word) && !isCounted;
    if (!isLabel) return true;
    const around = nameAround(tokens, index, vocabulary);
    return around !== null && isWellKnown(around, vocabulary);
  });
  return { named, plain };
}

/** What is said by name wins; lists go on behind it ("coins:tao,near"), anything else that is said twice is left out and named. */
export function withNamed(
  read: Omit<Reading, 'left'>,
  named: Readonly<Record<string, string>>,
  command: Command,
  typed: readonly Token[],
): Omit<Reading, 'left'> {
  const args: Record<string, string> = { ...read.args };
  const over: string[] = [];
  for (const [name, value] of Object.entries(named)) {
    const more = args[name];
    const isList = /^(?:coins|days)$/.test(command.args[name]?.type ?? '');
    const isDefault = name === 'amount' && !typed.some(({ raw }) => /\d/.test(raw));
    if (more !== undefined && !isList && !isDefault && more !== value) over.push(more);
    args[name] = isList && more !== undefined ? `${value},${more}` : value;
  }
  return { ...read, args, remarks: [...read.remarks, ...(over.length === 0 ? [] : [`I left out ${quoted(over)}.`])] };
}
