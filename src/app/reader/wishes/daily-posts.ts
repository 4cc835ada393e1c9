// A price at a time of every day, in plain words: "send me the tao price every morning at 8", "weekly digest on monday 9am new york".
import { BEFORE_HOUR, BEHIND_HOUR } from '../arguments/schedule-words.ts';
import { isWellKnown, surelyCoins } from '../coins.ts';
import type { Reading } from '../reading.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Longer messages have another topic. */
const MOST_WORDS = 20;
const DAY =
  '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|day|morning|evening|night|weekday|weekend|week)';
/** What moves a price belongs to an alert. */
const ALERT = /\b(?:above|below|over|under|hits?|reaches|crosses|drops?|falls?|rises?|moves?)\b|%/;
const STEP = '(?:other|second|third|first|last|next|two|three|\\d{1,2}(?:st|nd|rd|th)?)';
/** How often digests cannot come: it is said how often they can. */
const UNKEPT = `(?:(?:every|each) (?:${STEP} \\w+|months?|hours?|minutes?)|hourly|monthly|(?:twice|(?:two|three|\\d) times) (?:a|per|each|every) (?:day|week|month))`;
const EVERY = `(?:(?:every|each) (?:single )?${DAY}|${UNKEPT})`;
const OFTENER = new RegExp(`\\b${UNKEPT}\\b`);
const ASKED = new RegExp(
  `^(?:please |can you |could you |i want you to )*(?:ping|send|post|tell|message|dm)\\b.*\\b(?:daily(?=$| at | in )|${EVERY}\\b)`,
);
const NAMED = new RegExp(
  `^(?:a |my |the )?(?:(?:daily|weekly|morning|evening) )?(?:digest|post|update|report)\\b.*\\d|^${EVERY}\\b.*\\d`,
);
/** One time of one day: no digest can keep it. A weekday is read as that of every week. */
const CLOCK = new RegExp(
  `(?:^| )(?:${BEFORE_HOUR}) \\d{1,2}\\b|\\b\\d{1,2}(?::\\d{2}| ?[ap]\\.?m\\b|h\\b| uhr\\b| (?:${BEHIND_HOUR})(?: |$))`,
  'u',
);
const ONE_DAY =
  /\b(?:today|tonight|tomorrow|later|morgen|heute|mañana|hoy|amanhã|hoje|demain|aujourd'hui|завтра|сегодня)\b|(?<=^|[ ,])(?:завтра|сегодня)(?=$|[ ,])/;
const ASKED_ONCE =
  /^(?:please |can you |could you |i want you to )*(?:ping|send|post|message|dm|remind|tell me|give me) /;
/** "remind me on monday at 9 about tao". */
const REMINDED = new Set('remind about once give on next this here what costs cost is'.split(' '));

/** Words of the wish that are no part of the digest. */
const AROUND = new Set(
  'send post tell ping message dm me us price prices with digest update report please can could you i want for'.split(
    ' ',
  ),
);
/** Words of time that say nothing more beside a time and days. */
const AROUND_TIME = new Set('the a an of weekly morning evening night time single each every'.split(' '));
const AFTER_NOON = /\b(?:evening|night|tonight)\b/;

type Found = { command: string; reading: Reading };

/**
 * The digest that a message asks for, when all of it is understood; the way to set one up where it surely asks for one and says too little; null for
 * anything else.
 * @param read reads the words as arguments of `/digest create`
 */
export function dailyPost(
  tokens: readonly Token[],
  read: (words: readonly Token[]) => Reading,
  vocabulary: Vocabulary,
): Found | null {
  const line = tokens.map(({ word }) => word).join(' ');
  const asked = ASKED.test(line);
  if (tokens.length > MOST_WORDS || ALERT.test(line)) return null;
  if (!asked && CLOCK.test(line) && (ASKED_ONCE.test(line) || (NAMED.test(line) && ONE_DAY.test(line))))
    return postedOnce(tokens, line, read, vocabulary);
  if (!(asked || NAMED.test(line))) return null;
  const oftener = OFTENER.test(line);
  const words = tokens.flatMap((token, index) => kept(token, tokens[index + 1], oftener));
  const reading = read(withHalf(words, line));
  const whole = reading.args['time'] !== undefined && reading.left.length === 0 && reading.unknown.length === 0;
  if (whole && surelyCoins(reading.args, vocabulary)) return { command: 'digest create', reading };
  const remarks = oftener ? ['A digest comes once a day at most.'] : [];
  const setup = { args: { about: 'digest-setup' }, unknown: [], left: [], remarks };
  return asked ? { command: 'help', reading: setup } : null;
}

/** "send me the price of tao monday at 9": every Monday. "… tomorrow at 8": how to set up a digest, because it comes again and again. */
function postedOnce(
  tokens: readonly Token[],
  line: string,
  read: (words: readonly Token[]) => Reading,
  vocabulary: Vocabulary,
): Found | null {
  const isOneDay = ONE_DAY.test(line);
  const isHalf = (word: string, before = '') =>
    /^(?:morning|evening|night)$/.test(word) && vocabulary.days(before) !== null; // "monday evening at 8"
  const words = tokens.filter(
    ({ word }, index) =>
      !AROUND.has(word) &&
      !REMINDED.has(word) &&
      !(isOneDay && ONE_DAY.test(word)) &&
      !isHalf(word, tokens[index - 1]?.word),
  );
  const reading = read(withHalf(words, line));
  const { time, days } = reading.args;
  if (tokens.some(({ word }, index) => isCounted(word, tokens[index + 1], vocabulary))) return null; // "send me 5 tao at 9"
  const isWhole = time !== undefined && reading.left.length === 0 && reading.unknown.length === 0;
  if (!isWhole || !surelyCoins(reading.args, vocabulary)) return null;
  if (isOneDay)
    return {
      command: 'help',
      reading: {
        args: { about: 'digest-setup' },
        unknown: [],
        left: [],
        remarks: [
          'I cannot post once at a time: a digest comes every day, or on the same days of every week. For a price that is reached there are alerts: `/alert tao above 300`.',
        ],
      },
    };
  const often = days === undefined || days === 'daily' ? 'day' : 'week';
  return {
    command: 'digest create',
    reading: {
      ...reading,
      remarks: [...reading.remarks, `A digest comes again and again: this is one for every ${often}.`],
    },
  };
}

/** "5 tao": what is counted is to be sent, not its price. */
function isCounted(word: string, next: Token | undefined, vocabulary: Vocabulary): boolean {
  const coin = /^\d+(?:[.,]\d+)?$/.test(word) && next !== undefined ? vocabulary.coin(next.raw) : null;
  return coin !== null && isWellKnown(coin, vocabulary);
}

/** "every day" and "every weekday" are read as they are, and so is what cannot be kept. */
function kept(token: Token, next: Token | undefined, oftener: boolean): Token[] {
  if (AROUND.has(token.word)) return [];
  if (oftener) return [token];
  const isDays = /^(?:every|each)$/.test(token.word) && /^(?:day|weekdays?|weekends?)$/.test(next?.word ?? '');
  return isDays ? [{ raw: 'every', word: 'every' }] : AROUND_TIME.has(token.word) ? [] : [token];
}

/** "every evening at 8" is 8 pm. */
function withHalf(tokens: readonly Token[], line: string): Token[] {
  const at = tokens.findIndex(({ word }) => /^(?:[1-9]|1[01])(?::\d{2})?$/.test(word));
  if (at < 0 || !AFTER_NOON.test(line) || /^[ap]m$/.test(tokens[at + 1]?.word ?? '')) return [...tokens];
  return [...tokens.slice(0, at + 1), { raw: 'pm', word: 'pm' }, ...tokens.slice(at + 1)];
}
