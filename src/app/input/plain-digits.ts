// Digits as "0" to "9" whatever script or keyboard they come from, so that every number is read by one grammar.

/** Vulgar fractions as the decimals that are read; NFKC would make "21⁄2" of "2½". */
const FRACTIONS: Readonly<Record<string, string>> = {
  '½': '.5',
  '⅓': '.33333333',
  '⅔': '.66666667',
  '¼': '.25',
  '¾': '.75',
  '⅕': '.2',
  '⅖': '.4',
  '⅗': '.6',
  '⅘': '.8',
  '⅙': '.16666667',
  '⅚': '.83333333',
  '⅛': '.125',
  '⅜': '.375',
  '⅝': '.625',
  '⅞': '.875',
};
const FRACTION = new RegExp(`(?:(\\d)\\s?)?([${Object.keys(FRACTIONS).join('')}])`, 'gu');
/** NFKC would make "52" of "5²", and "0.05123" of "0.0₅123", where five zeros are meant. */
const RAISED = /(?<=\d)[⁰¹²³⁴-⁹₀-₉]+/gu;
/** A digit of another script; Unicode keeps the ten of each in one row, from zero on. */
const DIGIT = /[^\P{Nd}0-9]/gu;
const MINUS = /(?<![^\s(])[−﹣－](?=[\d.,$€£])/gu;

/** The text with ASCII digits, "½" as ".5", raised digits behind "^", Arabic separators and every minus as in English. */
export function plainDigits(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replaceAll(DIGIT, (digit) => String(valueOf(digit)))
    .replaceAll(/(?<=\d)٫(?=\d)/gu, '.')
    .replaceAll(/(?<=\d)٬(?=\d)/gu, ',')
    .replaceAll(FRACTION, (_, whole: string | undefined, part: string) => `${whole ?? '0'}${FRACTIONS[part] ?? ''}`)
    .replaceAll(RAISED, (digits) => `^${digits.normalize('NFKC')}`)
    .replaceAll(MINUS, '-');
}

/** How many digits stand before it in its row; styled ones ("𝟙𝟘") are in rows without a gap between them, and Unicode names their plain form. */
function valueOf(digit: string): number {
  const plain = digit.normalize('NFKC');
  if (/^[0-9]$/.test(plain)) return Number(plain);
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
