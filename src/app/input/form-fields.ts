// What people type into the free-text fields of a form: read like words, so that "tao cad" in the field for coins is a coin and a currency.
import type { Command, Request } from '../command.ts';
import { withoutLabels } from '../reader/coins.ts';
import { readMarketArgs } from '../reader/arguments/market-args.ts';
import { quoted, rowOf } from '../reader/reading.ts';
import { readable, tokenise } from '../reader/tokens.ts';
import type { Vocabulary } from '../reader/vocabulary.ts';
import { splitList, visibleArgs } from './arguments.ts';

/** The request with its field for coins read. Fields that were filled in by themselves win; what nothing used is named. */
export function withFieldsRead(request: Request, command: Command, vocabulary: Vocabulary): Request {
  const specs = visibleArgs(command);
  const [field] = specs.find(([, spec]) => spec.type === 'coins' || spec.type === 'coin') ?? [];
  const text = field === undefined ? undefined : request.args[field];
  if (field === undefined || text === undefined || specs.some(([, spec]) => spec.type === 'number')) return request;
  if (splitList(text).every((item) => vocabulary.coin(item) !== null)) return request; // names, tickers, ids: nothing to look for
  const row = rowOf(tokenise(withoutLabels(readable(text), vocabulary)));
  const read = readMarketArgs(command, row, vocabulary);
  const { [field]: _read, ...given } = request.args;
  const twice = Object.keys(read.args).filter((name) => Object.hasOwn(given, name));
  const left = [...row.left(), ...twice.flatMap((name) => read.args[name] ?? [])];
  const remarks = [...read.remarks, ...(left.length === 0 ? [] : [`I left out ${quoted(left)}.`])];
  return { ...request, args: { ...read.args, ...given }, ...(remarks.length === 0 ? {} : { remarks }) };
}
