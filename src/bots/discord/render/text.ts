// The words of a card in Discord's markup: every string escaped once, links only by look, long prose shortened visibly.
import { type Block, type Card, type Field, type Span, spanText } from '../../../app/card.ts';
import { inColumns, type Table, textTable } from '../../text-table.ts';
import { cleanText, codeBlock, codeSpan, escapeText, type LinkPolicy, maskedLink } from './escape.ts';

/** Blocks that become text. */
export type TextBlock = Exclude<Block, { kind: 'chart' | 'buttons' | 'menu' }>;

/** What texts may link to, and the ids of commands by name. */
export type TextLook = { links: LinkPolicy; commandIds?: ReadonlyMap<string, string> };

/** Shorter than this a piece of prose says nothing. */
const LEAST = 20;
const TIME_STYLES = { relative: 'R', date: 'D', datetime: 'f' } as const;

/** Neighbours are kept apart: two bold pieces in a row, or text that only together would mean something. */
export function spansText(spans: readonly Span[], look: TextLook): string {
  let text = '';
  for (const span of joinedStrings(spans)) {
    const next = spanMarkup(span, look);
    const apart = /[*`]$/.test(text) && /^[*`]/.test(next);
    text += apart ? `\u200B${next}` : next;
  }
  return text.trim();
}

function joinedStrings(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (typeof span === 'string' && typeof last === 'string') joined[joined.length - 1] = last + span;
    else joined.push(span);
  }
  return joined;
}

function spanMarkup(span: Span, look: TextLook): string {
  if (typeof span === 'string') return escapeText(span);
  if (span.kind === 'bold') return emphasised(span.text);
  if (span.kind === 'code') return commandMention(span.text, look) ?? codeSpan(span.text);
  if (span.kind === 'link') return maskedLink(span.text, span.href, look.links);
  if (span.kind === 'channel') return /^\d{1,21}$/.test(span.id) ? `<#${span.id}>` : escapeText(span.text);
  const seconds = Math.floor(span.at / 1000);
  return Number.isSafeInteger(seconds) ? `<t:${seconds}:${TIME_STYLES[span.style]}>` : escapeText(span.text);
}

/**
 * The name of a command as what fills it in when it is pressed (https://docs.discord.com/developers/reference#message-formatting), its arguments
 * behind it as code; null for other text and for commands whose id is not known.
 */
function commandMention(code: string, { commandIds }: TextLook): string | null {
  const [, top = '', sub = '', rest = ''] = /^\/([a-z-]+)(?: ([a-z-]+))?((?: .*)?)$/.exec(code) ?? [];
  const whole = commandIds?.get(`${top} ${sub}`);
  if (whole !== undefined) return `</${top} ${sub}:${whole}>${behind(rest)}`;
  const single = commandIds?.get(top);
  return single === undefined ? null : `</${top}:${single}>${behind(`${sub}${rest}`)}`;
}

function behind(args: string): string {
  const code = codeSpan(args);
  return code === '' ? '' : ` ${code}`;
}

/** Bold needs its marks at the words: spaces go outside. */
function emphasised(text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(escapeText(text)) ?? [];
  return inner === '' ? before + after : `${before}**${inner}**${after}`;
}

/** Title, with its link when the policy allows, and the small line below it. */
export function headText(card: Card, look: TextLook): string {
  const title =
    card.titleHref === undefined ? escapeText(card.title) : maskedLink(card.title, card.titleHref, look.links);
  const small = card.subtitle === undefined ? '' : `\n-# ${escapeText(card.subtitle)}`;
  return `## ${title.trim() === '' ? '…' : title}${small}`;
}

export function blockText(block: TextBlock, look: TextLook): string {
  switch (block.kind) {
    case 'headline': {
      const change = block.change === undefined ? '' : ` ${escapeText(block.change.text)}`;
      const detail = block.detail === undefined ? '' : `\n-# ${escapeText(block.detail)}`;
      return `# ${escapeText(block.value)}${change}${detail}`;
    }
    case 'heading':
      return `### ${escapeText(block.text)}`;
    case 'text':
      return spansText(block.spans, look);
    case 'note':
      return `-# ${spansText(block.spans, look)}`;
    case 'fields':
      return fieldLines(block.fields, look).join('\n');
    case 'list':
      return block.items.map((item) => `${block.plain === true ? '' : '- '}${spansText(item, look)}`).join('\n');
    case 'table':
      return tableText(block);
  }
  return block satisfies never;
}

/** Characters that a line of a message holds on a phone. */
const PHONE_LINE = 34;
/** An en space: wide enough between figures whose labels are bold. */
const BETWEEN = '\u2002';

/** Short figures share a line as long as a phone shows it in one. */
function fieldLines(fields: readonly Field[], look: TextLook): string[] {
  const lines: { text: string; length: number }[] = [];
  for (const field of fields) {
    const text = spansText([{ kind: 'bold', text: field.label }, ' ', ...field.value], look);
    const length = spanText(field.value).length + field.label.length + 1;
    const open = lines.at(-1);
    if (open !== undefined && open.length + BETWEEN.length + length <= PHONE_LINE) {
      open.text += `${BETWEEN}${text}`;
      open.length += BETWEEN.length + length;
    } else lines.push({ text, length });
  }
  return lines.map(({ text }) => text);
}

function tableText(block: Table): string {
  const caption = block.caption === '' ? '' : `${escapeText(block.caption)}\n`;
  return `${caption}${codeBlock(textTable(block, cleanText).map(inColumns))}`;
}

/** The block in at most `budget` characters, with a visible "…"; null when nothing sensible remains or the block must stay whole. */
export function shortenedText(block: TextBlock, budget: number, look: TextLook): string | null {
  if (budget < LEAST) return null;
  if (block.kind === 'text')
    return longest(spanText(block.spans).length, (count) => `${spansText(firstOf(block.spans, count), look)}…`, budget);
  if (block.kind === 'list')
    return longest(
      block.items.length,
      (count) =>
        [
          blockText({ ...block, items: block.items.slice(0, count) }, look),
          `- … and ${block.items.length - count} more`,
        ]
          .filter(Boolean)
          .join('\n'),
      budget,
    );
  if (block.kind === 'table')
    return longest(
      block.rows.length,
      (count) =>
        `${blockText({ ...block, rows: block.rows.slice(0, count) }, look)}\n… and ${block.rows.length - count} more`,
      budget,
    );
  return null;
}

/** Binary search for the largest count whose text fits; null when not even the smallest does. */
function longest(most: number, make: (count: number) => string, budget: number): string | null {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (make(middle).length <= budget) low = middle;
    else high = middle - 1;
  }
  const text = make(low);
  return low > 0 && text.length <= budget ? text : null;
}

/** The first `count` characters of spans, kinds kept; ends at a word where one is near. */
function firstOf(spans: readonly Span[], count: number): Span[] {
  const kept: Span[] = [];
  let left = count;
  for (const span of spans) {
    const text = typeof span === 'string' ? span : span.text;
    if (text.length <= left) kept.push(span);
    else if (left > 0) kept.push(cut(span, left));
    left -= text.length;
    if (left <= 0) break;
  }
  return kept;
}

function cut(span: Span, length: number): Span {
  const text = typeof span === 'string' ? span : span.text;
  const space = text.lastIndexOf(' ', length);
  const part = text.slice(0, space > length - 30 && space > 0 ? space : length);
  return typeof span === 'string' || span.kind === 'time' || span.kind === 'channel' ? part : { ...span, text: part };
}
