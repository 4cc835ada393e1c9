// Wishes for alerts and digests in other languages as the English lines that they are read as: "avísame cuando tao llegue a 300".
import { GLOSSARIES, type Glossary } from './glossary.ts';

/** Longer messages are rather told than asked. */
const LONGEST = 200;
/** Courtesies before a wish. */
const BEFORE = /^(?:bitte|s'il te plaît|por favor|пожалуйста)[\s,]+/iu;

type Translation = { asks: RegExp; words: RegExp; english: ReadonlyMap<string, string>; lead: Glossary['lead'] };

const TRANSLATIONS: readonly Translation[] = GLOSSARIES.map((glossary) => {
  const first = entriesOf(glossary.first);
  const english = new Map([...first, ...entriesOf(glossary.words)]);
  return {
    asks: new RegExp(`^${oneOf(first.keys(), glossary.spaced)}`, 'iu'),
    words: new RegExp(oneOf(english.keys(), glossary.spaced), 'giu'),
    english,
    lead: glossary.lead,
  };
});

/** A command in English letters is no such wish; most lines are. */
const COMMAND = /^\/[ -~]*$/;

/** The line with what is known of its language in English, the rest as it was; null for what does not begin like such a wish. */
export function wishInEnglish(line: string): string | null {
  if (COMMAND.test(line)) return null;
  const text = line.replace(BEFORE, '');
  if (text.length > LONGEST) return null;
  for (const { asks, words, english, lead } of TRANSLATIONS) {
    const before =
      lead === undefined ? (asks.test(text) ? '' : null) : (lead.find(([form]) => form.test(text))?.[1] ?? null);
    if (before === null) continue;
    const said = text.replaceAll(words, (word) =>
      word === '時' ? ':00 ' : ` ${english.get(word.toLowerCase()) ?? ''} `,
    );
    return `${before} ${said}`.replaceAll(/\s+/g, ' ').trim();
  }
  return null;
}

function entriesOf(list: string): Map<string, string> {
  const entries = list.split(';').map((entry) => entry.split('='));
  return new Map(
    entries.flatMap(([words = '', meaning = '']) =>
      words
        .split(',')
        .map((word): [string, string] => [word.trim(), meaning.trim()])
        .filter(([word]) => word !== ''),
    ),
  );
}

/** The longest first; whole words where spaces divide them. */
function oneOf(words: Iterable<string>, spaced: boolean): string {
  const any = [...words].toSorted((a, b) => b.length - a.length).join('|');
  return spaced ? `(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{M}\\p{N}])` : `(?:${any})`;
}
