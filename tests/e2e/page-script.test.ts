// The script of the pages in a real browser: ranges switch in place, a chart says its price under the pointer, within 4 kB.
import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from '../web/subnets/subnet-site.ts';

const CHROMIUM = '/usr/bin/chromium';
const SCRIPT = readFileSync(new URL('../../src/web/script/page.js', import.meta.url));

it('is at most 4 kB, as it is sent', () => {
  expect(SCRIPT.byteLength).toBeLessThanOrEqual(4096);
});

describe.skipIf(!existsSync(CHROMIUM))('in Chromium', () => {
  let site: SubnetSite;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    site = await openSubnetSite({ hours: 30 });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    problems = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });

  it.each([
    ['/coins/bittensor', '30d'],
    ['/subnets/64', '24h'],
  ])(
    '%s switches to %s in place: the same document, the address of the link, the chart of the range',
    async (path, range) => {
      await page.goto(`${site.base}${path}`, { waitUntil: 'networkidle' });
      await page.evaluate('window.mark = 1');
      await page.click(`#price nav >> text="${range}"`);
      await page.waitForSelector(`#price nav a[aria-current][href="${path}?range=${range}"]`);
      expect(await page.evaluate('window.mark')).toBe(1);
      expect(page.url()).toBe(`${site.base}${path}?range=${range}`);
      expect(await page.evaluate("document.querySelector('#price img').src")).toContain(`range=${range}`);
      expect(await page.evaluate('document.activeElement.textContent')).toBe(range);
    },
  );

  it('goes to the address when the part cannot be had', async () => {
    await page.goto(`${site.base}/coins/bittensor`, { waitUntil: 'networkidle' });
    await page.route('**/coins/bittensor?range=1y', async (route) =>
      route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
    );
    await page.click('#price nav >> text="1y"');
    await page.waitForURL(`${site.base}/coins/bittensor?range=1y`);
    expect(await page.evaluate('window.mark')).toBeUndefined();
    problems = problems.filter((text) => !text.includes('ERR_FAILED'));
  });

  it.each([1100, 390])('says price and time of the nearest point under the pointer, at %i px', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${site.base}/coins/bittensor`, { waitUntil: 'networkidle' });
    const image = page.locator('#price figure img');
    await image.scrollIntoViewIfNeeded();
    const box = await image.boundingBox();
    if (box === null) throw new Error('no chart');
    const points = JSON.parse((await page.locator('#price figure').getAttribute('data-points')) ?? '[]') as [
      number,
      number,
    ][];
    const said: string[] = [];
    for (const share of [0.02, 0.4, 0.9]) {
      await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
      await expect
        .poll(async () => (await page.locator('.readout').allTextContents())[0] ?? '', { timeout: 20_000 })
        .not.toBe(said.at(-1) ?? '');
      said.push((await page.locator('.readout').textContent()) ?? '');
      const rule = await page.locator('.rule').boundingBox();
      if (share === 0.4) expect(Math.abs((rule?.x ?? 0) - (box.x + box.width * share))).toBeLessThan(box.width / 60);
    }
    const wordsOf = ([at, value]: [number, number]): string =>
      `USD ${new Intl.NumberFormat('en', { maximumSignificantDigits: 6 }).format(value)} · ${new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(at * 1000)} UTC`;
    const known = points.map(wordsOf);
    const places = said.map((words) => known.indexOf(words));
    expect(places[0]).toBe(0);
    // Where the picture itself says that its line begins and ends.
    const bytes = await page.evaluate<string>(
      "fetch(document.querySelector('#price img').currentSrc).then((image) => image.arrayBuffer()).then((data) => String.fromCharCode(...new Uint8Array(data, 0, 300)))",
    );
    const [from = 0, to = 0, left = 0, right = 0, units = 0] =
      /plot\0([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(bytes)?.slice(1).map(Number) ?? [];
    const time = from + ((0.4 * units - left) / (right - left)) * (to - from);
    const distances = points.map(([at]) => Math.abs(at * 1000 - time));
    expect(Math.abs((places[1] ?? 0) - distances.indexOf(Math.min(...distances)))).toBeLessThanOrEqual(1);
    expect(places[2]).toBeGreaterThan(places[1] ?? 0);
    await page.mouse.move(1, 1);
    await expect.poll(() => page.locator('.readout').count()).toBe(0);
  });
});
