// A line of text as tokens: punctuation, emphasis and emoji around words do not matter; what carries meaning stays.
import { plainDigits } from '../input/plain-digits.ts';
import { withHanDigits } from './numerals/han-numerals.ts';

/** `raw`: as typed, without surrounding punctuation. `word`: the same in lower case. `named`: an "option:value" pair's option. */
export type Token = { raw: string; word: string };

/** Longest line that is read; the rest can only be noise or an attack. */
export const LONGEST_LINE = 2000;
/** More words than this are no command. */
const MOST_TOKENS = 120;

/** Printable and of one form only. */
const ASCII = /^[ -~]*$/;
/** Marks that people put around words: quotes, brackets, emphasis, sentence ends. Signs of money, "#", "+", "-", "/" and "%" are no such marks. */
const AROUND = /^[\s"'“”‘’«»‹›„‚()[\]{}*_~`|.,;:!?…¿¡]+|[\s"'“”‘’«»‹›„‚()[\]{}*_~`|.,;:!?…¿¡]+$/gu;
/** Emoji with their joiners, selectors, key caps and skin tones. */
const EMOJI_SEQUENCE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3)\u200d?/gu;

/** Words for a price in languages that put no spaces around them. */
export const PRICE_PHRASES = [
  '価格',
  '値段',
  'いくら',
  '价格',
  '價格',
  '多少钱',
  '多少錢',
  '가격',
  '시세',
  '얼마',
] as const;

/** The largest coins and ours by their names in other scripts. */
const IN_OTHER_SCRIPTS: Readonly<Partial<Record<string, string>>> = {
  биткоин: 'bitcoin',
  биткойн: 'bitcoin',
  эфир: 'ethereum',
  эфириум: 'ethereum',
  ビットコイン: 'bitcoin',
  イーサリアム: 'ethereum',
  비트코인: 'bitcoin',
  이더리움: 'ethereum',
  比特币: 'bitcoin',
  比特幣: 'bitcoin',
  以太坊: 'ethereum',
  тао: 'tao',
  タオ: 'tao',
  타오: 'tao',
  биттензор: 'bittensor',
  ビットテンサー: 'bittensor',
  비텐서: 'bittensor',
};

/** "taoの価格はいくら": the particles around a price and its "now" say nothing, and no space shows where it begins. */
const UNSPACED = new RegExp(
  `(?:の|的|은|는|이|가)?(?:(?:现在|現在|目前|今|지금)(?:的|の|是|は)?\\s?)?(${PRICE_PHRASES.join('|')})(?:は|が|은|는|이|가|ですか|예요|이에요|야|是多少)?`,
  'gu',
);

/** One visible line in NFKC, at most 2,000 characters. Marks that nobody sees go without a gap: "T\u200bAO" is TAO, not a coin T. */
export function readable(text: string): string {
  const beginning = text.slice(0, LONGEST_LINE);
  return (ASCII.test(beginning) ? beginning : withPlainMarks(beginning))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_LINE);
}

function withPlainMarks(text: string): string {
  return withHanDigits(plainDigits(text))
    .normalize('NFKC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(EMOJI_SEQUENCE, ' ')
    .replaceAll(/\p{Cf}+/gu, '');
}

/** The words of a line. A leading "." or a comma inside belongs to a number and stays. */
export function tokenise(line: string): Token[] {
  return line
    .replaceAll(UNSPACED, ' $1 ')
    .replaceAll(/->|=>|→/g, ' $& ')
    .replaceAll(/(?<=[\p{L}\d]) \* (?=[$€£]?\d)/gu, ' × ') // else a mark of emphasis
    .split(/[\s]+|(?<=\D)[,;](?=\S)|(?<=\S)[,;](?=\D)/u)
    .slice(0, MOST_TOKENS)
    .map(bare)
    .filter((raw) => raw !== '')
    .map((raw) => ({ raw, word: raw.toLowerCase() }));
}

/** Small words that thumbs miss. */
const MISSED: Readonly<Partial<Record<string, string>>> = {
  hwo: 'how',
  hw: 'how',
  waht: 'what',
  wht: 'what',
  whta: 'what',
  mch: 'much',
  mcuh: 'much',
  muhc: 'much',
  teh: 'the',
  fo: 'of',
  wats: "what's",
  wat: 'what',
  wut: 'what',
  doin: 'doing',
};

/** The same word, or the English name of the coin that it is in another script: no token of that name is meant by people who just talk. */
export function inEnglish(token: Token): Token {
  const name = IN_OTHER_SCRIPTS[token.word] ?? MISSED[token.word];
  return name === undefined ? token : { raw: name, word: name };
}

/** Words beside which "mil" is a thousand; in English "2 mil" is two million. */
const IBERIAN =
  /^(?:quant[oa]s?|cu[aá]ntos?|reais|d[oó]lar(?:es)?|pesos|libras|em|en|é|son|s[aã]o|val[ez]n?|custam?|cuestan?|convert[ae]|convierte|de)$/u;

/** "2 mil reais" is two thousand where the line is in Spanish or Portuguese. */
export function withThousands(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ word }) => IBERIAN.test(word))) return tokens;
  return tokens.map((token) => (token.word === 'mil' ? { raw: 'thousand', word: 'thousand' } : token));
}

/** True when the end of the text is not read. */
export function isLong(text: string): boolean {
  return text.length > LONGEST_LINE || text.split(/[\s,;]+/u, MOST_TOKENS + 2).length > MOST_TOKENS + 1;
}

/** A channel mention and a decimal like ".5" keep their marks. */
function bare(piece: string): string {
  if (/^<[#@][^>]*>[.,!?]*$/.test(piece)) return piece.replace(/>[.,!?]*$/, '>');
  const marks = piece.replace(AROUND, '');
  return /^[.,]\d/.test(piece) && /^\d/.test(marks) ? `.${marks}` : marks;
}
