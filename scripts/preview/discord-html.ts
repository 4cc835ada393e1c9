// A Discord payload as HTML at the width of a phone: 390 px with the 52 px that the picture of the sender takes.
import { readFileSync } from 'node:fs';
import type { Message } from '../../src/bots/discord/render/render.ts';

type Node = {
  type: number;
  content?: string;
  components?: Node[];
  items?: { media: { url: string }; description?: string }[];
  label?: string;
  style?: number;
  placeholder?: string;
  accent_color?: number;
};

/** Inter, which is about as wide as the letters of both clients: what the machine has may be a third wider. */
const FONTS = ([500, 700] as const).map((weight) => {
  const file = new URL(`../../src/charts/style/fonts/inter-${weight}.ttf`, import.meta.url);
  return `@font-face{font-family:Preview;font-weight:${weight === 500 ? '400 500' : '600 700'};src:url(data:font/ttf;base64,${readFileSync(file).toString('base64')})}`;
});

/** Colours of a client in each look. */
export const DISCORD_STYLE = `${FONTS.join('')}
.discord{box-sizing:border-box;width:390px;padding:12px 12px 12px 64px;font:16px/22px Preview,"DejaVu Sans",sans-serif;background:var(--back);color:var(--text)}
.discord.dark{--back:#313338;--card:#2b2d31;--edge:#3f4147;--text:#dbdee1;--strong:#f2f3f5;--quiet:#949ba4;--field:#1e1f22;--key:#4e5058;--on:#fff;--mention:#c9cdfb}
.discord.light{--back:#fff;--card:#f2f3f5;--edge:#d9dadd;--text:#313338;--strong:#060607;--quiet:#5c5e66;--field:#fff;--key:#d4d5d9;--on:#2e3035;--mention:#505cdc}
.discord .by{font-weight:600;color:var(--strong);margin-bottom:6px}.discord .by i{font:600 10px/15px sans-serif;background:#5865f2;border-radius:3px;padding:0 4px;margin-left:6px;color:#fff}
.discord .container{box-sizing:border-box;background:var(--card);border:1px solid var(--edge);border-left:4px solid;border-radius:8px;padding:14px 16px;display:flex;flex-direction:column;gap:8px;width:314px}
.discord h1,.discord h2,.discord h3,.discord p{margin:0}.discord h1{font-size:24px;line-height:30px}.discord h2{font-size:20px;line-height:26px}.discord h3{font-size:16px}
.discord h1,.discord h2,.discord h3,.discord b{color:var(--strong)}.discord small{color:var(--quiet);font-size:13px;line-height:18px;display:block}.discord a{color:#00a8fc}.discord img{width:100%;border-radius:8px;display:block}
.discord .row{display:flex;gap:8px;flex-wrap:wrap}.discord button{border:0;border-radius:8px;padding:7px 14px;font:500 14px/18px inherit;font-family:inherit;background:var(--key);color:var(--on)}.discord .style-1{background:#5865f2;color:#fff}.discord .style-4{background:#da373c;color:#fff}
.discord .select{box-sizing:border-box;background:var(--field);border:1px solid var(--edge);border-radius:8px;padding:9px 12px;width:100%;color:var(--quiet);display:flex;justify-content:space-between;white-space:nowrap;overflow:hidden}.discord .time{background:var(--edge);border-radius:3px;padding:0 2px}
.discord code{background:var(--field);border-radius:4px;padding:0 3px;font:13px/18px "DejaVu Sans Mono",monospace}.discord .command{background:#5865f24d;color:var(--mention);border-radius:3px;padding:0 2px;font-weight:500;white-space:nowrap}
.discord pre{white-space:pre-wrap;margin:0;font-size:13px}.discord li{list-style:disc inside}`;

/** The message in a client of the given look. */
export function discordHtml(message: Message, look: 'dark' | 'light'): string {
  const pictures = new Map(
    message.pictures.map(({ name, data }) => [
      `attachment://${name}`,
      `data:image/png;base64,${Buffer.from(data).toString('base64')}`,
    ]),
  );
  const inner = message.components.map((node) => html(node as unknown as Node, pictures)).join('');
  return `<div class="discord ${look}"><div class="by">taobot<i>APP</i></div>${inner}</div>`;
}

function html(node: Node, pictures: ReadonlyMap<string, string>): string {
  const inner = (node.components ?? []).map((child) => html(child, pictures)).join('');
  if (node.type === 17)
    return `<div class="container" style="border-left-color:#${(node.accent_color ?? 0).toString(16).padStart(6, '0')}">${inner}</div>`;
  if (node.type === 10) return `<div class="text">${markup(node.content ?? '')}</div>`;
  if (node.type === 12)
    return (node.items ?? []).map((item) => `<img src="${pictures.get(item.media.url) ?? ''}" alt="">`).join('');
  if (node.type === 1) return `<div class="row">${inner}</div>`;
  if (node.type === 2) return `<button class="style-${node.style ?? 2}">${escaped(node.label ?? '')}</button>`;
  return `<div class="select">${escaped(node.placeholder ?? '')}<span>⌄</span></div>`;
}

/** The little of Discord's markup that cards use. */
function markup(content: string): string {
  return escaped(content)
    .split('\n')
    .map((line) =>
      line
        .replace(/^# (.*)/, '<h1>$1</h1>')
        .replace(/^## (.*)/, '<h2>$1</h2>')
        .replace(/^### (.*)/, '<h3>$1</h3>')
        .replace(/^-# (.*)/, '<small>$1</small>')
        .replace(/^- (.*)/, '<li>$1</li>'),
    )
    .map((line) => (/^<(h|small|li)/.test(line) ? line : `<p>${line}</p>`))
    .join('')
    .replaceAll(/\[([^\]]+)\]\(&lt;[^)]*&gt;\)/g, '<a>$1</a>')
    .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/&lt;(\/[a-z -]+):\d+&gt;/g, '<span class="command">$1</span>')
    .replaceAll(/&lt;t:\d+:R&gt;/g, '<span class="time">42 seconds ago</span>')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/☀️|🌤️|🌙/gu, (sign) => (sign === '🌙' ? MOON : SUN));
}

/** Machines without a font for emoji would show an empty box. */
const SUN =
  '<svg width="20" height="20" viewBox="-10 -10 20 20" style="vertical-align:-3px"><circle r="5" fill="#fbbf24"/><path d="M0-7.2V-9.4M0 7.2V9.4M-7.2 0H-9.4M7.2 0H9.4M-5.1-5.1-6.6-6.6M5.1-5.1 6.6-6.6M-5.1 5.1-6.6 6.6M5.1 5.1 6.6 6.6" stroke="#fbbf24" stroke-width="1.8" stroke-linecap="round"/></svg>';
const MOON =
  '<svg width="20" height="20" viewBox="-10 -10 20 20" style="vertical-align:-3px"><path d="M2-8A8 8 0 1 0 8 3 6.5 6.5 0 0 1 2-8Z" fill="#fde68a"/></svg>';

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
