// Words of questions in other languages and their English, so that such a message can be read like an English one.
import { readFileSync } from 'node:fs';
import { isWord } from './lexicon.ts';
import { normaliseText } from './normalise.ts';

/** Scripts that write without spaces: their forms are found inside the text. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Longest form in words. */
const MAX_FORM_WORDS = 5;
/** English of what says nothing ("please", "my"): it is left out. */
const NOTHING = '-';
/** Marks English that stands in the text already; no normalised word holds it. */
const DONE = '=';

export type Glossary = {
  /** The normalised message (see `normaliseText`) with the words that are known in English; all others stay as they are. */
  translate(text: string): string;
};

/**
 * Reads lines of `English = form | form*`; `#` starts a comment, `*` stands for any ending, the English `-` for nothing. The first meaning of a form wins. Forms are written as
 * `readForm` has them, because reading a thousand of them here would hold up the first message in another language.
 */
export function parseGlossary(text: string): Glossary {
  const whole = new Map<string, string>();
  const beginnings = new Map<string, string>();
  const inside: (readonly [string, string])[] = [];
  for (const line of text.split('\n')) {
    const [english, right] = line.split(' = ');
    if (line.startsWith('#') || english === undefined || right === undefined) continue;
    for (const written of right.split(' | ')) {
      const isBeginning = written.endsWith('*');
      const form = isBeginning ? written.slice(0, -1) : written;
      if (UNSPACED.test(form)) inside.push([form, english]);
      else {
        const forms = isBeginning ? beginnings : whole;
        if (form !== '' && !forms.has(form)) forms.set(form, english);
      }
    }
  }
  inside.sort(([a], [b]) => b.length - a.length);

  /** English of the longest form that begins at `start`, and how many words it takes. */
  function match(words: readonly string[], start: number): { english: string; length: number } | undefined {
    for (let length = Math.min(MAX_FORM_WORDS, words.length - start); length > 0; length--) {
      const key = words.slice(start, start + length).join(' ');
      const english = whole.get(key) ?? byBeginning(key);
      if (english !== undefined) return { english, length };
    }
    return undefined;
  }

  function byBeginning(key: string): string | undefined {
    const lastWord = key.lastIndexOf(' ') + 1;
    for (let end = key.length; end > lastWord + 1; end--) {
      const english = beginnings.get(key.slice(0, end));
      if (english !== undefined) return english;
    }
    return undefined;
  }

  function translate(message: string): string {
    const spaced = inside.reduce(
      (read, [form, english]) => read.replaceAll(form, ` ${DONE}${english.replaceAll(' ', '_')} `),
      fold(message),
    );
    const words = spaced.split(' ').filter(isWord);
    const read: string[] = [];
    for (let at = 0; at < words.length;) {
      const word = words[at] ?? '';
      const found = word.startsWith(DONE)
        ? { english: word.slice(DONE.length).replaceAll('_', ' '), length: 1 }
        : match(words, at);
      if (found?.english !== NOTHING) read.push(found?.english ?? word);
      at += found?.length ?? 1;
    }
    return read.join(' ');
  }
  return { translate };
}

/** A form as it stands in a message that was read; forms in the glossary are written so. */
export function readForm(form: string): string {
  return fold(normaliseText(form)).split(' ').filter(isWord).join(' ');
}

/** Letters that people also type plain, and Latin words set apart from scripts without spaces. */
function fold(text: string): string {
  const plain = text.replaceAll('ı', 'i').replaceAll('đ', 'd').replaceAll('ł', 'l');
  return UNSPACED.test(plain) ? plain.replace(/[a-z0-9]+/gu, ' $& ') : plain;
}

/** The glossary that ships with the bot. */
export function loadGlossary(): Glossary {
  return parseGlossary(readFileSync(new URL('glossary.txt', import.meta.url), 'utf8'));
}
