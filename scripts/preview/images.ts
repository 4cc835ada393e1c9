// `npm run images`: draws the pictures of the README anew, from the very payloads and pages, with sample data. Needs Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { discordMessage, sampleCard } from './cards.ts';
import { DISCORD_STYLE, discordHtml } from './discord-html.ts';
import { openSampleCore } from '../../tests/fakes/core.ts';

const IMAGES = path.join(import.meta.dirname, '../../docs/images');
const CARDS = { 'discord-card': '/coin tao', 'discord-digest': 'digest' };
const PORT = 4747;
const STARTED_MS = 20_000;
/** Around the cards; cut away afterwards. */
const BEHIND = '#808080';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-images-'));

function photograph(url: string, size: string): Buffer {
  const file = path.join(folder, 'shot.png');
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-device-scale-factor=2',
  ];
  execFileSync('chromium', [...flags, `--window-size=${size}`, `--screenshot=${file}`, url], { stdio: 'ignore' });
  return readFileSync(file);
}

const core = await openSampleCore();
for (const [name, text] of Object.entries(CARDS)) {
  const message = await discordMessage(await sampleCard(core, text));
  const page = path.join(folder, 'card.html');
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:${BEHIND}}${DISCORD_STYLE}</style>${discordHtml(message, 'dark')}`,
  );
  await sharp(photograph(`file://${page}`, '390,1200'))
    .trim({ background: BEHIND })
    .png({ palette: true, effort: 7 })
    .toFile(path.join(IMAGES, `${name}.png`));
}
await core.close();

const program = path.join(import.meta.dirname, '../../src/main.mjs');
const site = spawn(process.execPath, [program, 'demo'], {
  env: { ...process.env, PORT: String(PORT), DATABASE_URL: 'sqlite::memory:' },
  stdio: ['ignore', 'ignore', 'ignore'],
});
for (const end = Date.now() + STARTED_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200)))
  if (
    await fetch(`http://127.0.0.1:${PORT}/livez`).then(
      ({ ok }) => ok,
      () => false,
    )
  )
    break;
for (const [name, address] of Object.entries({ 'web-home': '/', 'web-coin': '/coins/bittensor' }))
  await sharp(photograph(`http://127.0.0.1:${PORT}${address}`, '1100,900'))
    .png({ palette: true, effort: 7 })
    .toFile(path.join(IMAGES, `${name}.png`));
site.kill();
rmSync(folder, { recursive: true, force: true });
