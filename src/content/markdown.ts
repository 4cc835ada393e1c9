// Turns a content file into front matter and structured prose, and refuses all Markdown beyond a small subset.
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import { isPlaceholderName } from './placeholders.ts';
import { joinText } from './prose.ts';
import type { Paragraph, Span } from './prose.ts';

/** A heading with the paragraphs below it; the text before the first heading has an empty title. */
export type MarkdownSection = { readonly title: string; readonly paragraphs: Paragraph[] };

/** Receives each thing found wrong: what it is and how to mend it. */
export type Report = (what: string, remedy: string) => void;

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u;
const ALLOWED = 'use only paragraphs, lists, **bold**, links, `code`, [^TAG], {{name}} and {{fact:id}}';
const MARKS = /\[\^([^\]\s]+)\]|\{\{([^{}]*)\}\}/gu;

/** Splits `---` front matter from the body; undefined when the file does not start with a closed block. */
export function splitFrontMatter(file: string): { frontMatter: string; body: string } | undefined {
  const match = FRONT_MATTER.exec(file.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n'));
  return match ? { frontMatter: match[1] ?? '', body: match[2] ?? '' } : undefined;
}

/** Parses a body into sections by its `##` headings. Whatever the subset does not know goes to `report`. */
export function parseMarkdown(markdown: string, report: Report): MarkdownSection[] {
  if (hasHiddenCharacter(markdown)) report('has an invisible or control character', 'retype the text');
  const sections: MarkdownSection[] = [{ title: '', paragraphs: [] }];
  for (const token of tokensOf(markdown, report)) {
    if (token.type === 'heading' && token.depth === 2) sections.push({ title: token.text as string, paragraphs: [] });
    else sections.at(-1)?.paragraphs.push(...blockParagraphs(token, report));
  }
  return sections;
}

/** The lexer goes into quotes and lists by recursion, as deep as they are. */
function tokensOf(markdown: string, report: Report): readonly Token[] {
  try {
    return lexer(markdown);
  } catch (error) {
    report(`cannot be read as Markdown (${String(error)})`, ALLOWED);
    return [];
  }
}

function blockParagraphs(token: Token, report: Report): Paragraph[] {
  if (token.type === 'space') return [];
  if (token.type === 'paragraph') return [toSpans(token.tokens ?? [], report)];
  if (token.type === 'list') {
    const { items, ordered, start } = token as Tokens.List;
    return items.map((item, index) =>
      joinText([
        ordered ? `${Number(start) + index}. ` : '• ',
        ...item.tokens.flatMap((part) => itemSpans(part, report)),
      ]),
    );
  }
  report(`${token.type} is not allowed here ("${excerpt(token.raw)}")`, ALLOWED);
  return [];
}

function itemSpans(part: Token, report: Report): Span[] {
  if (part.type === 'space') return [];
  if (part.type === 'text' || part.type === 'paragraph') return toSpans((part as Tokens.Text).tokens ?? [], report);
  report(`${part.type} inside a list item is not allowed`, ALLOWED);
  return [];
}

function toSpans(tokens: readonly Token[], report: Report): Span[] {
  return joinText(tokens.flatMap((token) => inlineSpans(token, report)));
}

function inlineSpans(token: Token, report: Report): Span[] {
  switch (token.type) {
    case 'text':
      return markedText(token.raw, report);
    case 'escape':
      return [(token as Tokens.Escape).text];
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
    case 'strong':
      return [{ kind: 'bold', text: plainText(token as Tokens.Strong, report) }];
    case 'link':
      return [linkSpan(token as Tokens.Link, report)];
    default:
      report(`${token.type} is not allowed here ("${excerpt(token.raw)}")`, ALLOWED);
      return [];
  }
}

function linkSpan(token: Tokens.Link, report: Report): Span {
  if (!isHttpsUrl(token.href)) report(`link to "${excerpt(token.href)}" is not https`, 'use a full https:// address');
  return { kind: 'link', text: plainText(token, report), href: token.href };
}

function plainText(token: Tokens.Strong | Tokens.Link, report: Report): string {
  if (token.tokens.some((inner) => inner.type !== 'text' && inner.type !== 'escape')) {
    report(`"${excerpt(token.raw)}" nests markup`, 'keep bold and link texts plain');
  }
  return token.tokens.map((inner) => (inner.type === 'escape' ? (inner as Tokens.Escape).text : inner.raw)).join('');
}

/** Literal text with citations and placeholders taken out of it. */
function markedText(raw: string, report: Report): Span[] {
  const text = raw.replace(/\s+/gu, ' ');
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    spans.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [, tag, given = ''] = match;
    const name = given.replace(/^without:/u, '');
    if (tag !== undefined) spans.push({ kind: 'cite', tag });
    else if (isPlaceholderName(name) && name !== given) spans.push({ kind: 'placeholder', name, without: true });
    else if (isPlaceholderName(name)) spans.push({ kind: 'placeholder', name });
    else report(`unknown placeholder {{${excerpt(given)}}}`, 'use a name listed in placeholders.ts');
  }
  const rest = text.slice(end);
  if (rest.includes('{{') || rest.includes('}}'))
    report(`unfinished placeholder in "${excerpt(rest)}"`, 'write {{name}}');
  return [...spans, rest];
}

// Invisible and direction-changing characters could make a content file show something else than it says.
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;

/** True when the text has characters (line breaks aside) that a reader cannot see or that change the direction. */
export function hasHiddenCharacter(text: string): boolean {
  return HIDDEN.test(text);
}

/** True for an absolute https address without a user name in it. */
export function isHttpsUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.hostname.includes('.');
}

function excerpt(text: string): string {
  return text.trim().slice(0, 40);
}
