// "Between 80k and 90k" in words: an alert watches one price, so both ends are offered.
import type { Card } from '../card.ts';
import { plainNumber } from '../reader/arguments/convert-args.ts';
import { readAmount, spelledOut } from '../reader/numbers.ts';
import { currencyWord } from '../reader/words.ts';
import { readCondition } from './condition-text.ts';
import { alertAnswer } from './requester.ts';
import { endWords } from './until.ts';

const BETWEEN = /\bbetween (\S+) (?:and|or|to|-) (\S+)(?: (?:in )?(\S+))?/i;
const SCALE = /[kmb]$/i;

/** `currency`: the code that stood at one of the prices, or null. */
type Ends = { low: number; high: number; currency: string | null };

/** The two prices of a condition that is a range and nothing else; null for any other. "80 and 90k" are thousands, both. */
export function endsOf(condition: string, currencies: ReadonlySet<string>, locale: string): Ends | null {
  const [whole = '', from = '', to = '', behind = ''] = BETWEEN.exec(condition) ?? [];
  const scale = SCALE.test(from) ? '' : (SCALE.exec(to)?.[0] ?? '');
  const [one, other] = [readAmount(`${from}${scale}`, locale), readAmount(to, locale)];
  if (one === null || other === null || !(one.value > 0) || !(other.value > one.value)) return null;
  const isMoney = currencyWord(behind, currencies) !== null;
  const rest = condition.replace(whole, isMoney ? ' ' : ` ${behind}`);
  const plain = readCondition(`${rest} at ${plainNumber(one.value)}`, { currencies }, locale);
  if (plain === null || plain.left.length > 0) return null; // "chutes between …" has another target
  const codes = [one.unit, other.unit, behind].map((word) => currencyWord(word ?? '', currencies)?.code ?? null);
  return { low: one.value, high: other.value, currency: codes.find((code) => code !== null) ?? null };
}

/** The card that offers an alert for each end, or null where the condition has no range. `args`: what else was said of the alert. */
export function betweenCard(
  condition: string,
  args: Readonly<Record<string, string | undefined>>,
  { currencies, locale }: { currencies: ReadonlySet<string>; locale: string },
): Card | null {
  const until = endWords(condition);
  const ends = endsOf(until === null ? condition : condition.replace(until, ' '), currencies, locale);
  if (ends === null) return null;
  const said = Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const end = until === null ? '' : ` ${until}`;
  const { currency } = ends;
  const button = (price: number) => ({
    label: `At ${spelledOut(price, locale)}${currency === null ? '' : ` ${currency.toUpperCase()}`}`,
    invocation: {
      command: 'alert create',
      args: {
        ...Object.fromEntries(said),
        ...(currency === null ? {} : { currency }),
        condition: `reaches ${plainNumber(price)}${end}`,
      },
    },
  });
  return {
    ...alertAnswer('Which price?', [
      {
        kind: 'text',
        spans: [
          'An alert watches one price. Set one for each end, and you know when the price enters or leaves the range.',
        ],
      },
      { kind: 'buttons', buttons: [button(ends.low), button(ends.high)] },
    ]),
    outcome: 'invalid',
  };
}
