// `PUBLIC_URL` with a path: a proxy serves the bot below it and takes it off, and no link of a page, style or redirect leaves it.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../fakes/web.ts';

let site: TestSite;
let base: string;
const proxy = http.createServer((request, response) => {
  const path = request.url ?? '';
  if (!path.startsWith('/taobot/')) return void response.writeHead(404).end('not of the bot');
  const { method, headers } = request;
  const onwards = http.request(`${site.base}${path.slice('/taobot'.length)}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onwards);
});
beforeAll(async () => {
  site = await openTestSite({ demo: true, settings: { PUBLIC_URL: 'https://example.org/taobot/' } });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/taobot/`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await site.close();
});

/** Addresses on this site that a browser finds in a page. */
function linksOf(page: string, address: string): string[] {
  const found = page.matchAll(/<[^>]*? (?:href|src|action)="([^"]+)"/g);
  return [...found]
    .map(([, link = '']) => new URL(link.replaceAll('&amp;', '&'), address).href)
    .filter((link) => new URL(link).origin === new URL(base).origin);
}

it.each([
  '',
  'coins/bittensor',
  'coins/bittensor?range=30d',
  'subnets',
  'subnets/64',
  'ask?q=%2Fchart%20tao',
  'no/such/page',
])('every link of /%s is there, below the path', async (path) => {
  const address = `${base}${path}`;
  const links = [...new Set(linksOf(await (await fetch(address)).text(), address))];
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !link.startsWith(base))).toEqual([]);
  const files = links.filter((link) => /\.(?:css|js|svg|woff2)$/.test(link));
  expect(files.length).toBeGreaterThan(3);
  for (const link of files) expect([(await fetch(link)).status, link]).toEqual([200, link]);
});

it('fonts of the style, redirects, and the address that links unfurl to', async () => {
  const style = await (await fetch(`${base}style.css`)).text();
  const [, font = ''] = /url\('([^']+)'\)/.exec(style) ?? [];
  expect((await fetch(new URL(font, `${base}style.css`))).status).toBe(200);
  expect((await fetch(`${base}ask`)).url).toBe(base);
  expect((await fetch(`${base}?q=/help`)).url).toBe(`${base}ask?q=/help`);
  expect(await (await fetch(`${base}subnets`)).text()).toContain('href="https://example.org/taobot/subnets"');
});
