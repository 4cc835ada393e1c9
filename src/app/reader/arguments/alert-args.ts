// Arguments of `/alert create` in words: what it is about, the condition, how often, where, for how long – in any order.
import { HERE } from '../../command.ts';
import { subnetNumber } from '../../subnets/number.ts';
import { COIN_SIGNS, peggedRemark, peggedTo } from '../words.ts';
import { readAmount } from '../numbers.ts';
import { readCondition } from '../../alerts/condition-text.ts';
import { rangeIn } from '../../alerts/between.ts';
import { isChange, isPriceVerb } from '../../alerts/price-verbs.ts';
import { endWords } from '../../alerts/until.ts';
import { coinAt, isWellKnown, saysCoin } from '../coins.ts';
import { type Reading, type Row, rowOf } from '../reading.ts';
import { takeClock } from '../times/clock-beside.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';

const REPEATS: Readonly<Partial<Record<string, string>>> = {
  once: 'once',
  daily: 'daily',
  always: 'always',
  everytime: 'always',
  repeatedly: 'always',
};
/** Words around an alert that say nothing about it. */
const AROUND = new Set(
  'me when if alert alerts notify tell ping dm message warn wake lmk remind let know please set an for whenever as soon once either way'.split(
    ' ',
  ),
);
const NETWORK = new Set(['network', 'bittensor-network', 'subnets']);

/** Reads "tao above 300", "me when tao hits 300", "sn64 above 0.1 tao daily #alerts for 30 days". What the row does not use stays in it. */
export function readAlertArgs(given: Row, vocabulary: Vocabulary, locale: string): Omit<Reading, 'left'> {
  const pegs = given.tokens.filter((_, index) => isPeg(given.tokens, index, locale)).map(({ word }) => word);
  const row = rowOf(
    given.tokens.map((token, index) => (isPeg(given.tokens, index, locale) ? moneyOf(token) : inWords(token))),
  );
  const remarks = pegs.flatMap(peggedRemark);
  for (const index of given.free()) given.take(index); // whatever it is, it belongs to the condition or is asked about
  const args: Record<string, string> = {};
  takeMarks(row, args);
  const end = takeEnd(row);
  const time = takeClock(row, vocabulary);
  if (time !== null) {
    remarks.push(`I left out "${time}": an alert watches at all times.`);
    args['offer'] = 'true';
  }
  takeTarget(row, args, vocabulary);
  takeRepeat(row, args);
  giveBack(row, args, vocabulary, locale);
  const words = row.free().flatMap((index) => row.tokens[index] ?? []);
  const condition = readCondition(words.map(({ raw }) => raw).join(' '), vocabulary, locale);
  const about = words.filter(({ word }) => !AROUND.has(word));
  const said = [...about.map(({ raw }) => raw), ...end];
  if (said.length > 0) args['condition'] = said.join(' ');
  const range = rangeIn(about.map(({ raw }) => raw).join(' '), vocabulary.currencies, locale);
  if (range !== null) return { args, unknown: [], remarks };
  const unknown = condition === null ? about.map(({ raw }) => raw) : condition.left.filter((word) => !AROUND.has(word));
  return { args, unknown, remarks };
}

/** "305 usdt": what the price is in; alone it is a coin to be watched. */
function isPeg(tokens: readonly Token[], index: number, locale: string): boolean {
  const before = tokens[index - 1];
  return (
    peggedTo(tokens[index]?.word ?? '') !== undefined && before !== undefined && readAmount(before.raw, locale) !== null
  );
}

function moneyOf({ word }: Token): Token {
  const code = peggedTo(word) ?? word;
  return { raw: code, word: code };
}

/** Signs as words: a name of a coin must not swallow them. */
function inWords(token: Token): Token {
  const word = { '>': 'above', '>=': 'above', '≥': 'above', '<': 'below', '<=': 'below', '≤': 'below' }[token.word];
  return word === undefined ? token : { raw: word, word };
}

/** "tao alert 300", "price alert for tao at 300". */
const NAMED = /^(?:[^\s\d]+ (?:price )?|price )alert (?:for |on )?.*\d/;

/** True for "alert me when …", "notify me if …", "ping me once …": the words that ask for an alert. */
export function asksForAlert(tokens: readonly Token[]): boolean {
  const line = tokens.map(({ word }) => word).join(' ');
  if (/^(?:please )?(?:tell me|let me know) when .*\b(?:is|are|was|were)$/.test(line)) return false; // a question
  if (/^(?!what|how|is |difference)\S+(?: \S+)? between [$€£]?\d\S* and [$€£]?\d\S*(?: \S+)?$/.test(line)) return true;
  if (NAMED.test(line)) return true;
  return /^(?:please )?(?:(?:alert|notify|tell|ping|dm|warn|message|wake) me|(?:notify|ping|dm|warn) (?:when|if|once)|lmk|remind me (?:when|if)|alert \S+ \S+|let me know|set (?:an )?alert|create (?:an )?alert)\b/.test(
    line,
  );
}

/** More words are a story. */
const MOST_WAITED = 14;
/** Before what is waited for; behind these a coin and what its price does are no question. */
const WHEN = /^(?:when|whenever|if|once|soon|as)$/;

/**
 * True for what can only be the wish for an alert, also when the condition is not understood: "alert me if …", "tell me when tao jumps $50".
 * "Tell me when the next halving is" is a question.
 */
export function insistsOnAlert(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const words = tokens.map(({ word }) => word);
  if (!asksForAlert(tokens) || words.length < 3 || NAMED.test(words.join(' '))) return false;
  if (words[0] === 'alert' && words[1] !== 'me') return words.some((word) => isPriceVerb(word) || /\d/.test(word));
  if (words.length === 3) return false;
  if (!/^(?:please )?(?:tell|let|dm|message)\b/.test(words.join(' '))) return true;
  const verb = words.findIndex(isPriceVerb);
  if (verb >= 0 && words.some((word) => /\d/.test(word))) return true;
  const start = words.findLastIndex((word) => WHEN.test(word)) + 1;
  return start > 0 && isChange(words[verb] ?? '') && isWatched(tokens.slice(start), vocabulary);
}

/** What is waited for in the languages that conditions are read in; as the first word it begins a wish or a question. */
const WAITS =
  /^(?:when|whenever|if|once|as soon as|wenn|falls|sobald|cuando|en cuanto|quando|se|si|assim que|quand|lorsque|dès que|если|когда|как только) (?=.)/;
const TOLD_LAST = / (?:(?:alert|notify|tell|ping|dm|message|warn|remind) me|let me know|lmk)$/;

/**
 * "when tao drops 10% in a day", "if tao falls below 200 tell me": the words of a condition that is all understood, and whether it says to be told;
 * null for anything else. A question about what would be then has more words.
 */
export function waitedFor(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  locale: string,
): { reading: Omit<Reading, 'left'>; told: boolean } | null {
  const line = tokens.map(({ word }) => word).join(' ');
  const lead = WAITS.exec(line)?.[0].trim().split(' ').length;
  if (lead === undefined || tokens.length > MOST_WAITED) return null;
  const last = TOLD_LAST.exec(line)?.[0].trim().split(' ').length ?? 0;
  const words = tokens.slice(lead, tokens.length - last);
  if (!words.some(({ word }) => isPriceVerb(word) || word.endsWith('%')) && last === 0) return null;
  if (!words.some(({ word }) => /\d|^ath$/.test(word))) return null;
  const reading = readAlertArgs(rowOf(words), vocabulary, locale);
  const { target, condition } = reading.args;
  const coin = target === undefined ? null : vocabulary.coin(target);
  const isSure =
    target !== undefined && (subnetNumber(target) !== null || (coin !== null && isWellKnown(coin, vocabulary)));
  return isSure && condition !== undefined && reading.unknown.length === 0 ? { reading, told: last > 0 } : null;
}

/** "tao", "the price of btc", "sn64" at the beginning of a row. */
function isWatched(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const named = tokens.filter(({ word }) => !/^(?:the|price|of|my)$/.test(word));
  const coin = coinAt(named, 0, vocabulary);
  return subnetNumber(named[0]?.word ?? '') !== null || (coin !== null && isWellKnown(coin, vocabulary));
}

/** "#alerts", "<#C123>", "here". */
function takeMarks(row: Row, args: Record<string, string>): void {
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined) continue;
    if (/^(?:<#[^>]+>|#\S+)$/.test(token.raw)) args['channel'] = token.raw;
    else if (token.word === HERE) args['channel'] = HERE;
    else continue;
    row.take(index);
  }
}

/** "for 30 days", "until friday": the command reads it from the end of the condition. */
function takeEnd(row: Row): string[] {
  const words = row.tokens.map(({ raw }) => raw);
  const end = endWords(words.join(' '))?.split(' ') ?? [];
  const from = words.findIndex((_, index) => end.length > 0 && end.every((word, at) => words[index + at] === word));
  if (from < 0) return [];
  row.take(from, end.length);
  return end;
}

function takeRepeat(row: Row, args: Record<string, string>): void {
  for (const index of row.free()) {
    const [word, next] = [row.tokens[index]?.word ?? '', row.tokens[index + 1]?.word ?? ''];
    if (word === 'every' && /^(?:time|day)$/.test(next)) {
      args['repeat'] = next === 'day' ? 'daily' : 'always';
      row.take(index, 2);
      return;
    }
    // "once tao hits 300": as soon as; only at the end it says how often
    if (REPEATS[word] === undefined || (word === 'once' && row.free().some((later) => later > index))) continue;
    args['repeat'] = REPEATS[word];
    row.take(index);
    return;
  }
}

/** "/alert ath": where nothing is left to wait for, a word that is a whole condition is no coin of that ticker ("$ath" is). */
function giveBack(row: Row, args: Record<string, string>, vocabulary: Vocabulary, locale: string): void {
  const at = row.tokens.findIndex(({ raw }) => raw === args['target']);
  const token = row.tokens[at];
  if (token === undefined || saysCoin(token) || row.left().some((word) => !AROUND.has(word.toLowerCase()))) return;
  if (readCondition(token.raw, vocabulary, locale) === null) return;
  delete args['target'];
  row.taken.delete(at);
}

/** A subnet first, then the longest name of a coin; a currency behind a number is no coin. */
function takeTarget(row: Row, args: Record<string, string>, vocabulary: Vocabulary): void {
  for (const index of row.free()) {
    const [first, second] = [row.tokens[index], row.tokens[index + 1]];
    if (first === undefined) continue;
    const alone = subnetNumber(first.word);
    const netuid = alone ?? (second === undefined ? null : subnetNumber(`${first.word} ${second.word}`));
    if (netuid !== null) {
      args['target'] = `sn${netuid}`;
      return row.take(index, alone === null ? 2 : 1);
    }
    if (NETWORK.has(first.word)) {
      args['target'] = 'network';
      return row.take(index);
    }
  }
  for (const index of row.free()) {
    const token = row.tokens[index];
    if (token === undefined || row.taken.has(index) || AROUND.has(token.word)) continue;
    const named = COIN_SIGNS[token.word];
    const coin = coinAt(row.tokens, index, vocabulary, row.taken);
    if (coin === null || !(saysCoin(token) || named !== undefined || coin.length > 1 || isWellKnown(coin, vocabulary)))
      continue;
    args['target'] = coin.text;
    return row.take(index, coin.length);
  }
}
