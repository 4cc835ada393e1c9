// The pages in a real browser: no error, nothing blocked by the policy, nothing wider than a phone, also without JavaScript.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from '../web/subnets/subnet-site.ts';

const CHROMIUM = '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
if (!present) process.stderr.write('SKIPPED: browser tests need Chromium at /usr/bin/chromium (package "chromium")\n');

describe.skipIf(!present)('in Chromium', () => {
  let site: SubnetSite;
  let browser: Browser;
  beforeAll(async () => {
    site = await openSubnetSite({ hours: 30 });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each([
    ['/', 390],
    ['/coins/bittensor', 390],
    ['/ask?q=%2Fcoin+tao', 1100],
    ['/ask?q=%2Fcompare+tao+near+30d', 390],
    ['/subnets', 390],
    ['/subnets?sort=risk', 390],
    ['/subnets?sort=new', 1280],
    ['/subnets/64?range=24h', 390],
    ['/subnets/64', 1280],
  ] as const)('%s at %i px', async (path, width) => {
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      javaScriptEnabled: false,
      colorScheme: 'dark',
    });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('requestfailed', (request) => problems.push(request.url()));
    await page.goto(`${site.base}${path}`, { waitUntil: 'networkidle' });
    expect(problems).toEqual([]);
    const overflow = await page
      .locator('body')
      .evaluate((body) => (body as unknown as { scrollWidth: number }).scrollWidth);
    expect(overflow).toBeLessThanOrEqual(width);
    expect(
      await page
        .locator('img')
        .evaluateAll((images) => images.every((image) => (image as unknown as { alt: string }).alt !== '')),
    ).toBe(true);
    await page.close();
  });

  it('a question, a related coin and a section can be reached by links alone', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(site.base);
    await page.fill('input[name=q]', '/coin tao');
    await page.click('form.ask button');
    await page.click('text=How it works');
    expect(await page.locator('article.card').innerText()).toContain('How it works');
    expect(new URL(page.url()).pathname).toBe('/ask');
    await page.goto(`${site.base}/coins/bittensor`);
    await page.click('text=Render (RENDER)');
    expect(await page.locator('h1').innerText()).toContain('Render');
    await page.close();
  });
});
