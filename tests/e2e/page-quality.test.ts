// What a browser says about the pages: no violation of axe-core, nothing that moves while loading, a front page of at most 60 kB.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from '../web/subnets/subnet-site.ts';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MOST_BYTES = 60_000;
/** A pixel of one word, as a busy machine paints a page in two parts; what people see begins at a hundred times that: https://web.dev/articles/cls */
const LEAST_SHIFT = 0.001;
const PAGES = [
  '/',
  '/coins/bittensor',
  '/ask?q=what+is+a+subnet%3F',
  '/ask?q=what+is+a+network+mask',
  '/subnets/64',
  '/nothing',
];
const COMBINATIONS = PAGES.flatMap((path) =>
  [390, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => [path, width, scheme] as const)),
);

describe.skipIf(!existsSync(CHROMIUM))('in Chromium', () => {
  let site: SubnetSite;
  let browser: Browser;
  beforeAll(async () => {
    site = await openSubnetSite();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each(COMBINATIONS)(
    '%s at %i px in %s: accessible, within the width, nothing moves',
    async (path, width, scheme) => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
      await page.goto(`${site.base}${path}`, { waitUntil: 'networkidle' });
      await page.evaluate(AXE);
      const violations: unknown = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target).join(', ')))",
      );
      expect(violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const shift: unknown = await page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })",
      );
      expect(shift).toBeLessThan(LEAST_SHIFT);
      await page.close();
    },
  );

  it('in forced colours the chosen range and the way to the halving can be told from what is around them', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 }, forcedColors: 'active' });
    const grounds = async (path: string, selectors: readonly string[]) => {
      await page.goto(`${site.base}${path}`);
      const read = `${JSON.stringify(selectors)}.map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)`;
      return new Set(await page.evaluate<string[]>(read)).size;
    };
    expect(await grounds('/coins/bittensor', ['.button.active', '.button:not(.active)'])).toBe(2);
    expect(await grounds('/', ['.bar', 'body'])).toBe(2);
    await page.close();
  });

  it.each(['/ask?q=/about', '/ask?q=/help', '/subnets/64'])('%s stays within a phone at 200 %', async (path) => {
    const page = await browser.newPage({ viewport: { width: 195, height: 420 } });
    await page.goto(`${site.base}${path}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(195);
    await page.close();
  });

  it('the front page is light, font included, and its largest part stands in the first HTML', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
    await page.goto(site.base, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(await page.locator('img').count()).toBe(0);
    const largest: unknown = await page.evaluate(
      "new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).element.textContent.trim())).observe({ type: 'largest-contentful-paint', buffered: true }))",
    );
    const first = (await (await site.get('/')).text()).replaceAll(/\s+/g, ' ');
    expect(first).toContain(String(largest).replaceAll(/\s+/g, ' '));
    await page.close();
  });
});
