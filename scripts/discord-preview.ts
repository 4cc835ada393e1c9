// `node scripts/discord-preview.ts ["/coin tao"] > preview.html`: how a card looks in Discord, drawn from the very payload, with sample data.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMANDS } from '../src/app/commands/index.ts';
import { readText, vocabularyOf } from '../src/app/input/parse-text.ts';
import type { CardChart } from '../src/app/card.ts';
import { createLinkPolicy } from '../src/bots/discord/render/escape.ts';
import { chartsOf, renderCard } from '../src/bots/discord/render/render.ts';
import { readConfig } from '../src/config/config.ts';
import { createCore } from '../src/wiring/core.ts';
import { createLog } from '../src/base/log.ts';
import { openDatabase } from '../src/store/database.ts';

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

/** A minute after the samples were recorded, so that nothing looks old. */
const SAMPLE_TIME = Date.UTC(2026, 8, 18, 12, 1);
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-preview-'));
const config = readConfig({ DATABASE_URL: `sqlite:${path.join(folder, 'preview.db')}` });
const log = createLog({ level: 'silent', secrets: [], write: () => undefined });
const database = await openDatabase(config.DATABASE_URL);
const core = createCore({
  config,
  version: '0.0.0',
  database,
  log,
  now: () => SAMPLE_TIME,
  demo: true,
  bots: new Map(),
});
const invocation = readText(process.argv[2] ?? '/coin tao', COMMANDS, vocabularyOf(core.services));
const card = await core.dispatch({
  platform: 'discord',
  ...invocation,
  user: { id: '1', canManage: true },
  place: { tenant: '-', channel: '-' },
  locale: 'en-US',
  via: 'command',
});
const drawn = new Map<CardChart, Uint8Array>();
for (const chart of chartsOf(card)) drawn.set(chart, (await chart.png?.('dark')) ?? new Uint8Array());
const message = renderCard(card, {
  links: createLinkPolicy(['coingecko.com', 'taostats.io', 'bittensor.com']),
  pictures: drawn,
});
const pictures = new Map(
  message.pictures.map(({ name, data }) => [
    `attachment://${name}`,
    `data:image/png;base64,${Buffer.from(data).toString('base64')}`,
  ]),
);
process.stdout.write(page(message.components.map((node) => html(node as unknown as Node)).join('')));
await core.close();
await database.close();
rmSync(folder, { recursive: true, force: true });

function html(node: Node): string {
  const inner = (node.components ?? []).map(html).join('');
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
    .replaceAll(/&lt;t:\d+:R&gt;/g, '<span class="time">42 seconds ago</span>')
    .replaceAll(/\\(.)/g, '$1');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function page(body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;padding:16px;background:#313338;color:#dbdee1;font:16px/1.375 Inter,"gg sans","Noto Sans",Helvetica,Arial,sans-serif;width:632px}
.by{font-weight:600;color:#f2f3f5;margin-bottom:6px}.by i{font:600 10px/15px sans-serif;background:#5865f2;border-radius:3px;padding:0 4px;margin-left:6px;color:#fff}
.container{background:#2b2d31;border:1px solid #3f4147;border-left:4px solid;border-radius:8px;padding:14px 16px;width:580px;display:flex;flex-direction:column;gap:8px}
h1,h2,h3,p{margin:0}h1{font-size:24px}h2{font-size:20px}h3{font-size:16px}h1,h2,h3,b{color:#f2f3f5}small{color:#949ba4;font-size:13px;display:block}a{color:#00a8fc}img{width:100%;border-radius:8px}
.row{display:flex;gap:8px;flex-wrap:wrap}button{border:0;border-radius:8px;padding:7px 14px;font:500 14px/18px sans-serif;background:#4e5058;color:#fff}.style-1{background:#5865f2}.style-4{background:#da373c}
.select{background:#1e1f22;border:1px solid #3f4147;border-radius:8px;padding:9px 12px;width:100%;color:#949ba4;display:flex;justify-content:space-between}.time{background:#3f4147;border-radius:3px;padding:0 2px}
</style><div class="by">taobot<i>APP</i></div>${body}`;
}
