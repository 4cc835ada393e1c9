// Spans of a card as Slack mrkdwn: literal strings are escaped, only nodes become markup.
import type { Span } from '../../../app/card.ts';
import { cut, mrkdwn, safeHref } from './escape.ts';

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting — shown in the reader's own time zone. */
const DATE_FORMATS = { relative: '{ago}', date: '{date_short}', datetime: '{date_short} {time}' } as const;

export function spansText(spans: readonly Span[]): string {
  return spans.map(spanText).join('');
}

function spanText(span: Span): string {
  if (typeof span === 'string') return mrkdwn(span);
  switch (span.kind) {
    case 'bold':
      return wrapped('*', mrkdwn(span.text.replaceAll('*', '∗')));
    case 'code':
      return wrapped('`', mrkdwn(span.text.replaceAll('`', 'ˋ')));
    case 'link':
      return link(span.text, span.href);
    case 'channel':
      return /^[A-Z0-9]{1,40}$/.test(span.id) ? `<#${span.id}>` : mrkdwn(span.text);
    case 'time':
      return `<!date^${Math.floor(span.at / 1000)}^${DATE_FORMATS[span.style]}|${mrkdwn(span.text).replaceAll(/[|^]/g, ' ')}>`;
  }
}

/** Marks only act next to a visible character and on one line. */
function wrapped(mark: string, text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : line.replace(/^(\s*)(.*?)(\s*)$/, `$1${mark}$2${mark}$3`)))
    .join('\n');
}

export function link(text: string, href: string): string {
  const safe = safeHref(href);
  const label = mrkdwn(text).replaceAll('|', '¦').replaceAll(/\s+/g, ' ').trim();
  return safe === null || label === '' ? mrkdwn(text) : `<${safe}|${label}>`;
}

/** Shortens spans to about `longest` rendered characters; the cut shows as "…", links and dates are kept or dropped whole. */
export function cutSpans(spans: readonly Span[], longest: number): Span[] {
  const kept: Span[] = [];
  let room = longest - 1;
  for (const span of spans) {
    const size = spanText(span).length;
    if (size <= room) {
      kept.push(span);
      room -= size;
      continue;
    }
    const fitting = cutSpan(span, room);
    return [
      ...kept,
      ...(fitting === null ? [] : [fitting]),
      ...(fitting === null || !endsVisibly(fitting) ? ['…'] : []),
    ];
  }
  return kept;
}

/** Escaping lengthens text, so the cut is retried until what it renders to fits. */
function cutSpan(span: Span, room: number): Span | null {
  if (typeof span !== 'string' && (span.kind === 'link' || span.kind === 'time' || span.kind === 'channel'))
    return null;
  const text = typeof span === 'string' ? span : span.text;
  for (let length = Math.min(text.length, room); length > 0; length = Math.floor(length * 0.8) - 1) {
    const shorter = cut(text, length);
    const candidate = typeof span === 'string' ? shorter : { ...span, text: shorter };
    if (spanText(candidate).length <= room) return candidate;
  }
  return null;
}

function endsVisibly(span: Span): boolean {
  return (typeof span === 'string' ? span : span.text).endsWith('…');
}
