// Puts live values into prose; a sentence whose value is unknown is left out, so the rest still reads well.
import { joinText } from './prose.ts';
import type { Paragraph, Span } from './prose.ts';
import type { PlaceholderName } from './placeholders.ts';

/** Values ready to stand in a sentence, with unit: see PLACEHOLDER_NAMES. A missing name means "unknown". */
export type PlaceholderValues = ReadonlyMap<PlaceholderName, string>;

// While a paragraph is cut into sentences each span that is not text is one private-use character, in one of three
// blocks of 2,048: an ordinary span, a span whose own text ends a sentence, and a citation. Content may not use them.
const ORDINARY = 0xe000;
const ENDING = 0xe800;
const CITATION = 0xf000;
const BLOCK = 0x800;
const SPAN_MARK = /([\u{e000}-\u{f7ff}])/u;
const BETWEEN_SENTENCES = /(?<=(?:[.!?]["'”’)]*|[\u{e800}-\u{efff}])[\u{f000}-\u{f7ff}]*)\s+(?=[^\p{Ll}\s])/u;
// A full stop inside these does not end a sentence.
const ABBREVIATION = /(?:\be\.g|\bi\.e|\bvs|\betc|\bapprox|\bno)\.$/iu;

/** Paragraphs without placeholders; paragraphs that lose all their sentences are left out. */
export function fillAnswer(paragraphs: readonly Paragraph[], values: PlaceholderValues): Paragraph[] {
  return paragraphs.map((paragraph) => fillParagraph(paragraph, values)).filter((paragraph) => paragraph.length > 0);
}

/** Paragraphs of the content that hold no placeholder: the same whatever is known, so they are put together once. */
const constant = new WeakMap<Paragraph, Paragraph>();

function fillParagraph(paragraph: Paragraph, values: PlaceholderValues): Paragraph {
  const known = constant.get(paragraph);
  if (known !== undefined) return known;
  const filled = fillSentences(paragraph, values);
  const moves = paragraph.some((span) => typeof span === 'object' && span.kind === 'placeholder');
  if (!moves) constant.set(paragraph, filled);
  return filled;
}

function fillSentences(paragraph: Paragraph, values: PlaceholderValues): Paragraph {
  const kept = splitSentences(paragraph)
    .map((sentence) => fillSentence(sentence, values))
    .filter((sentence) => sentence !== undefined);
  return joinText(kept.flatMap((sentence, index) => (index === 0 ? sentence : [' ', ...sentence])));
}

function fillSentence(sentence: Paragraph, values: PlaceholderValues): Span[] | undefined {
  const filled: Span[] = [];
  for (const span of sentence) {
    const value = typeof span === 'object' && span.kind === 'placeholder' ? (values.get(span.name) ?? '') : span;
    if (typeof span === 'object' && span.kind === 'placeholder' && span.without === true) {
      if (value !== '') return undefined;
    } else if (value === '') return undefined;
    else filled.push(filled.length === 0 && typeof value === 'string' ? value.trimStart() : value);
  }
  return filled;
}

/** Sentences without the spaces between them; citations stay with the sentence before them. */
function splitSentences(paragraph: Paragraph): Paragraph[] {
  const text = paragraph.map((span, index) => (typeof span === 'string' ? span : markOf(span, index))).join('');
  const sentences: string[] = [];
  for (const piece of text.trim().split(BETWEEN_SENTENCES)) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATION.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences.map((sentence) => unmark(sentence, paragraph));
}

function markOf(span: Exclude<Span, string>, index: number): string {
  const place = index % BLOCK;
  if (span.kind === 'cite') return String.fromCharCode(CITATION + place);
  const ends = (span.kind === 'bold' || span.kind === 'link') && /[.!?]["'”’)]*$/u.test(span.text);
  return String.fromCharCode((ends ? ENDING : ORDINARY) + place);
}

function unmark(sentence: string, paragraph: Paragraph): Span[] {
  const parts = sentence.split(SPAN_MARK).filter((part) => part !== '');
  return parts.map((part) => (SPAN_MARK.test(part) ? (paragraph[part.charCodeAt(0) % BLOCK] ?? part) : part));
}
