// Arguments of any command in words: every word of a row goes to the reader of what the command takes.
import { visibleArgs } from '../../input/arguments.ts';
import type { Command } from '../../command.ts';
import { joinCurrencies } from '../money-words.ts';
import { type Reading, rowOf } from '../reading.ts';
import { joinSubnets, readSubnetArgs } from '../subnets.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { readAlertArgs } from './alert-args.ts';
import { computedAmounts } from './computed-amounts.ts';
import { readConvertArgs } from './convert-args.ts';
import { readDigestArgs } from './digest-args.ts';
import { readMarketArgs } from './market-args.ts';
import { namedArgs, withNamed } from './named-args.ts';
import { splitRates } from './pairs.ts';

/** Gives every word of a row to an argument of the command, or leaves it over. */
export function readArgs(command: Command, tokens: readonly Token[], vocabulary: Vocabulary, locale: string): Reading {
  const specs = visibleArgs(command);
  const text = specs.find(([, spec]) => spec.type === 'text' && spec.rest === true);
  if (text !== undefined) {
    const question = tokens.map(({ raw }) => raw).join(' ');
    return { args: question === '' ? {} : { [text[0]]: question }, unknown: [], left: [], remarks: [] };
  }
  const { named, plain } = namedArgs(command, tokens, vocabulary);
  const types = new Set(specs.map(([, spec]) => spec.type));
  const isConversion = types.has('number') && !types.has('condition');
  const said = joinCurrencies(joinSubnets(plain), vocabulary.currencies);
  const { tokens: joined, remarks } = isConversion
    ? computedAmounts(said, vocabulary, locale)
    : { tokens: said, remarks: [] };
  const row = rowOf(types.has('coins') || types.has('number') ? splitRates(joined, vocabulary) : joined);
  const read = types.has('condition')
    ? readAlertArgs(row, vocabulary, locale)
    : types.has('subnet')
      ? readSubnetArgs(command, row, vocabulary)
      : types.has('time')
        ? readDigestArgs(row, vocabulary, named['time'] !== undefined)
        : types.has('number')
          ? readConvertArgs(row, vocabulary, locale)
          : types.has('coin') || types.has('coins')
            ? readMarketArgs(command, row, vocabulary)
            : readInOrder(command, row);
  const all = { ...read, remarks: [...remarks, ...read.remarks] };
  return { ...withNamed(all, named, command, plain), left: row.left() };
}

/** Commands with simple arguments take their words in order: the number of a digest, a choice, a flag by its name. */
function readInOrder(command: Command, row: ReturnType<typeof rowOf>): Omit<Reading, 'left'> {
  const args: Record<string, string> = {};
  for (const [name, spec] of visibleArgs(command)) {
    const words = spec.type === 'flag' ? [name] : spec.type === 'choice' ? (spec.choices ?? []) : null;
    const index = row.free().find((free) => words?.includes(row.tokens[free]?.word ?? '') ?? true);
    if (index === undefined) continue;
    row.take(index);
    args[name] = spec.type === 'flag' ? 'true' : (row.tokens[index]?.raw ?? '');
  }
  return { args, unknown: [], remarks: [] };
}

/** True when a word was not understood or something is missing. */
export function isUncertain(command: Command, { args, left, unknown }: Reading): boolean {
  if (left.length > 0 || unknown.length > 0) return true;
  return visibleArgs(command).some(([name, spec]) => spec.required === true && args[name] === undefined);
}
