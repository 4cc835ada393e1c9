// Chinese and Japanese numerals before what they count ("十二个tao", "五タオ") as digits: they are letters to Unicode.

const HAN_ONES = '〇一二三四五六七八九';
const HAN_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const HAN_LARGE: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 億: 1e8, 亿: 1e8 };
const HAN = '[〇零一二两兩三四五六七八九十百千万萬億亿]';
/** Words that count things: "五个", "5 枚". */
const COUNTER = '[个個枚颗顆]';
/** What is counted: a name in Latin letters or in Katakana. */
const THING = '(?=\\s?[a-zτ$\\p{Script=Katakana}])';
/** A numeral with a counter may stand behind other words; alone it begins a word. "万一" is "in case". */
const NUMERAL = new RegExp(
  `(${HAN}{1,12})${COUNTER}${THING}|(?<![\\p{Script=Han}\\d])(?!万一|萬一)(${HAN}{1,12})${THING}`,
  'giu',
);
const COUNTED = new RegExp(`(?<=\\d)\\s?${COUNTER}${THING}`, 'giu');

/** The line with Chinese numerals before what is counted as digits: "十二个tao" → "12 tao". */
export function withHanDigits(line: string): string {
  return line
    .replaceAll(NUMERAL, (all, counted: string | undefined, alone: string | undefined) => {
      const value = hanNumber(counted ?? alone ?? '');
      return value === null ? all : ` ${value} `;
    })
    .replaceAll(COUNTED, ' ');
}

/** "二百五十" → 250, "两" → 2, "二五" → 25; null for a row of these characters that is no number. */
export function hanNumber(text: string): number | null {
  let [whole, part, digit] = [0, 0, null as number | null];
  for (const sign of text.replaceAll('零', '〇').replaceAll(/[两兩]/g, '二')) {
    const one = HAN_ONES.indexOf(sign);
    const [unit, large] = [HAN_UNITS[sign], HAN_LARGE[sign]];
    if (one >= 0) digit = digit === null || digit === 0 ? one : digit * 10 + one;
    else if (unit !== undefined) {
      part += (digit ?? 1) * unit;
      digit = null;
    } else if (large !== undefined) {
      if (part === 0 && digit === null) return null;
      whole += (part + (digit ?? 0)) * large;
      [part, digit] = [0, null];
    }
  }
  const value = whole + part + (digit ?? 0);
  return text === '' ? null : value;
}
