// "Between 80k and 90k" in words: an alert watches one price, so both ends are offered.
import { money } from '../../format/numbers.ts';
import type { Card } from '../card.ts';
import { plainNumber } from '../reader/arguments/convert-args.ts';
import { readCondition } from './condition-text.ts';
import { alertAnswer } from './requester.ts';
import { endWords } from './until.ts';

const JOIN = String.raw`(?: (?:and|or|to|until|und|et|y|e|bis|a|и) | ?[-–&] ?)`;
const BEHIND = String.raw`(?: (?:in )?(\S+))?`;
/** With a word for a range before it. */
const BETWEEN = new RegExp(
  String.raw`(?:^|\s)(?:between|from|within|inside|outside(?: of)?|entre|zwischen|между) (\S+?)${JOIN}(\S+)${BEHIND}`,
  'iu',
);
/** "300-400", "300 to 400". */
const SPAN = /(?:^|\s)([$€£]?\d[^\s–-]*)(?: to | bis | ?[-–] ?)([$€£]?\d[^\s–-]*)(?=\s|$)(?: (?:in )?(\S+))?/iu;
const SCALE = /[kmb]$/i;
const SCALE_ALONE = /^[kmb]$/i;
/** What was typed, without decimals that nobody typed. */
const AS_TYPED = { minimumFractionDigits: 0, maximumFractionDigits: 8 };

/** `currency`: the code that stood at one of the prices ("tao" for prices of subnets), or null. `until`: the words that say until when, or null. */
export type Range = { low: number; high: number; currency: string | null; until: string | null };

/**
 * The two prices of a condition that is a range and nothing else; null for any other. "80 and 90k" are thousands, both. Each end is read as a
 * condition of its own.
 */
export function rangeIn(condition: string, currencies: ReadonlySet<string>, locale: string): Range | null {
  const until = endWords(condition);
  const text = until === null ? condition : condition.replace(until, ' ');
  const [whole = '', from = '', last = '', unit = ''] = BETWEEN.exec(text) ?? SPAN.exec(text) ?? [];
  const [to, behind] = SCALE_ALONE.test(unit) ? [`${last}${unit}`, ''] : [last, unit];
  const scale = SCALE.test(from) ? '' : (SCALE.exec(to)?.[0] ?? '');
  const read = (price: string) => {
    const found = readCondition(text.replace(whole, ` at ${price} ${behind}`), { currencies }, locale);
    if (found?.condition.kind !== 'reaches' || found.left.length > 0) return null; // "chutes between …" has another target
    return { price: found.condition.price, currency: found.currency };
  };
  const [one, other] = [read(`${from}${scale}`), read(to)];
  if (whole === '' || one === null || other === null) return null;
  const [low, high] = [Math.min(one.price, other.price), Math.max(one.price, other.price)];
  return { low, high, currency: one.currency ?? other.currency, until };
}

/** The card that offers an alert for each end. `args`: what else was said of the alert. `currency`: in which it will watch the price. */
export function betweenCard(
  { low, high, currency: said, until }: Range,
  args: Readonly<Record<string, string | undefined>>,
  { currency, locale }: { currency: string; locale: string },
): Card {
  const kept = Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const end = until === null ? '' : ` ${until}`;
  const button = (price: number) => ({
    label: `At ${money(price, currency, locale, AS_TYPED)}`,
    invocation: {
      command: 'alert create',
      args: {
        ...Object.fromEntries(kept),
        ...(said === null ? {} : { currency: said }),
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
      { kind: 'buttons', buttons: [...new Set([low, high])].map(button) },
    ]),
    outcome: 'invalid',
  };
}
