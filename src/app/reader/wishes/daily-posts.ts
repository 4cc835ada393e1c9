// A price at a time of every day, in plain words: "send me the tao price every morning at 8", "weekly digest on monday 9am new york".
import { surelyCoins } from '../coins.ts';
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
  if (tokens.length > MOST_WORDS || ALERT.test(line) || !(asked || NAMED.test(line))) return null;
  const oftener = OFTENER.test(line);
  const words = tokens.flatMap((token, index) => kept(token, tokens[index + 1], oftener));
  const reading = read(withHalf(words, line));
  const whole = reading.args['time'] !== undefined && reading.left.length === 0 && reading.unknown.length === 0;
  if (whole && surelyCoins(reading.args, vocabulary)) return { command: 'digest create', reading };
  const remarks = oftener ? ['A digest comes once a day at most.'] : [];
  const setup = { args: { about: 'digest-setup' }, unknown: [], left: [], remarks };
  return asked ? { command: 'help', reading: setup } : null;
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
