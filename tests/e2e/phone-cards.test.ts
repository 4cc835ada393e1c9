// How high the cards stand in Discord on a phone of 390 px, drawn in Chromium from their very payloads.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discordMessage, sampleCard } from '../../scripts/preview/cards.ts';
import { DISCORD_STYLE, discordHtml } from '../../scripts/preview/discord-html.ts';
import { openSampleCore } from '../fakes/core.ts';

const CHROMIUM = '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
if (!present) process.stderr.write('SKIPPED: browser tests need Chromium at /usr/bin/chromium (package "chromium")\n');

describe.skipIf(!present)('on a phone', () => {
  let browser: Browser;
  let core: Awaited<ReturnType<typeof openSampleCore>>;
  beforeAll(async () => {
    core = await openSampleCore();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await core?.close();
  });

  it.each([
    ['/coin tao', 560],
    ['/coin near eur', 560],
    ['coin?coin=id:bittensor&range=1y', 560],
    ['/price tao near fet', 400],
    ['/compare near render fet', 400],
    ['/compare tao near render', 400], // with a word on the coin that shares the ticker
    ['/help', 400],
    ['digest', 900],
  ])('%s is at most %d px high, and nothing is wider than its card', async (typed, most) => {
    const message = await discordMessage(await sampleCard(core, typed));
    const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
    await page.setContent(`<style>body{margin:0}${DISCORD_STYLE}</style>${discordHtml(message, 'dark')}`);
    const { height } = (await page.locator('.discord').boundingBox()) ?? { height: 0 };
    expect(height).toBeGreaterThan(200);
    expect(height).toBeLessThanOrEqual(most);
    const spare = await page.locator('.container').evaluate((card) => card.clientWidth - card.scrollWidth);
    expect(spare).toBeGreaterThanOrEqual(0);
    await page.close();
  });
});
