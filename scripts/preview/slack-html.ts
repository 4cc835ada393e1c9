// Slack's blocks as HTML at the width of a phone; Slack's own charts are hinted at, pictures are shown.
import type { SlackBlock } from '../../src/bots/slack/render/blocks.ts';
import { escaped } from './discord-html.ts';

export const SLACK_STYLE = `
.slack{box-sizing:border-box;width:390px;padding:12px 16px 12px 58px;font:15px/22px Preview,"DejaVu Sans",sans-serif;background:var(--back);color:var(--text)}
.slack.light{--back:#fff;--text:#1d1c1d;--quiet:#616061;--edge:#c8c8c8;--link:#1264a3}.slack.dark{--back:#1a1d21;--text:#d1d2d3;--quiet:#ababad;--edge:#565856;--link:#1d9bd1}
.slack .by{font-weight:900}.slack .block{margin-top:8px;position:relative}.slack h4{font-size:18px;line-height:24px;margin:0}.slack .context{font-size:12px;line-height:16px;color:var(--quiet)}
.slack .fields{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}.slack .row{display:flex;gap:8px;flex-wrap:wrap}.slack .key{border:1px solid var(--edge);border-radius:4px;padding:3px 11px;font-weight:700;font-size:13px}
.slack .primary{background:#007a5a;color:#fff}.slack .danger{color:#e01e5a}.slack .more{position:absolute;right:0;top:0;border:1px solid var(--edge);border-radius:4px;padding:0 9px}.slack img{width:100%;border-radius:6px;display:block}.slack svg{border:1px solid var(--edge);border-radius:6px;width:100%}.slack a{color:var(--link)}`;

type Json = Record<string, unknown>;

/** The blocks in a client of the given look. */
export function slackHtml(blocks: readonly SlackBlock[], look: 'dark' | 'light'): string {
  return `<div class="slack ${look}"><div class="by">taobot</div>${blocks.map((block) => html(block)).join('')}</div>`;
}

function html(block: SlackBlock): string {
  return `<div class="block">${inner(block)}</div>`;
}

function inner(block: SlackBlock): string {
  const list = (key: string): Json[] => (Array.isArray(block[key]) ? (block[key] as Json[]) : []);
  switch (block.type) {
    case 'header':
      return `<h4>${escaped(wordsOf(block['text']))}</h4>`;
    case 'context':
      return `<div class="context">${list('elements')
        .map((element) => mrkdwn(wordsOf(element)))
        .join(' ')}</div>`;
    case 'section': {
      const more = block['accessory'] === undefined ? '' : '<span class="more">⋯</span>';
      const fields = list('fields').map((field) => `<div>${mrkdwn(wordsOf(field))}</div>`);
      const text = block['text'] === undefined ? '' : mrkdwn(wordsOf(block['text']));
      return `${more}${text}${fields.length === 0 ? '' : `<div class="fields">${fields.join('')}</div>`}`;
    }
    case 'actions':
      return `<div class="row">${list('elements').map(control).join('')}</div>`;
    case 'data_visualization':
      return lines((block['chart'] ?? {}) as Json, wordsOf(block));
    default:
      return escaped(block.type);
  }
}

function control(element: Json): string {
  const words = wordsOf(element['text'] ?? element['placeholder']);
  return `<span class="key ${typeof element['style'] === 'string' ? element['style'] : ''}">${escaped(words)}${element['type'] === 'button' ? '' : ' ⌄'}</span>`;
}

function lines(chart: Json, title: string): string {
  const series = (chart['series'] ?? []) as { data: { label: string; value: number }[] }[];
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const paths = series.map(({ data }, index) => {
    const spots = data.map(({ value }, at) => {
      const x = 10 + (at / Math.max(1, data.length - 1)) * 300;
      return `${x.toFixed(1)},${(130 - ((value - low) / (high - low || 1)) * 100).toFixed(1)}`;
    });
    return `<polyline fill="none" stroke="${['#1264a3', '#b45309', '#a3154f'][index] ?? '#888'}" stroke-width="2" points="${spots.join(' ')}"/>`;
  });
  const labels = (series[0]?.data ?? [])
    .filter((_, at) => at % 5 === 0)
    .map(
      ({ label }, at) =>
        `<text x="${10 + at * 78}" y="148" font-size="10" fill="currentColor">${escaped(label)}</text>`,
    );
  return `<svg viewBox="0 0 320 155"><text x="10" y="16" font-size="12" fill="currentColor">${escaped(title)}</text>${paths.join('')}${labels.join('')}</svg>`;
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { text, title } = (value ?? {}) as { text?: unknown; title?: unknown };
  return text === undefined ? (title === undefined ? '' : wordsOf(title)) : wordsOf(text);
}

/** The little of Slack's markup that cards use; it comes escaped. */
function mrkdwn(text: string): string {
  return text
    .replaceAll(/<(https?:[^|>]+)\|([^>]+)>/g, '<a>$2</a>')
    .replaceAll(/<!date\^\d+\^[^|]*\|([^>]+)>/g, '$1')
    .replaceAll(/\*([^*\n]+)\*/g, '<b>$1</b>')
    .replaceAll('\n', '<br>');
}
