// `node scripts/preview/sheet.ts ["/coin tao" …] > sheet.html`: cards as Discord and Slack show them on a phone, dark and light, from their very payloads.
import { discordMessage, sampleCard, slackMessage } from './cards.ts';
import { DISCORD_STYLE, discordHtml, escaped } from './discord-html.ts';
import { SLACK_STYLE, slackHtml } from './slack-html.ts';
import { openSampleCore } from '../../tests/fakes/core.ts';

const CARDS = [
  '/coin tao',
  'coin?coin=id:bittensor&section=faq',
  '/price tao near fet',
  '/compare tao near render',
  'digest',
];

const typed = process.argv.length > 2 ? process.argv.slice(2) : CARDS;
const core = await openSampleCore();
const rows: string[] = [];
for (const text of typed) {
  const card = await sampleCard(core, text);
  const message = await discordMessage(card);
  const { blocks } = slackMessage(card);
  const looks = (['dark', 'light'] as const).flatMap((look) => [discordHtml(message, look), slackHtml(blocks, look)]);
  rows.push(`<h2>${escaped(text)}</h2><div class="sheet">${looks.join('')}</div>`);
}
process.stdout.write(
  `<!doctype html><meta charset="utf-8"><style>body{margin:16px;background:#888;font:16px sans-serif}.sheet{display:flex;gap:12px;align-items:flex-start}${DISCORD_STYLE}${SLACK_STYLE}</style>${rows.join('')}\n`,
);
await core.close();
