// Files that never change while the process runs: style, script, font, icons, and what search engines ask for.
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { askHref } from './pages/layout.ts';
import type { Services } from '../app/services.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

/** One file over the wire, by idea in the repository; without comments and indents, which are a fifth of it. */
const STYLE = ['base', 'card', 'table', 'home', 'coin']
  .map((name) => read(`./style/${name}.css`).toString())
  .join('\n')
  .replaceAll(/\/\*.*?\*\//gs, '')
  .replaceAll(/\s*\n\s*/g, '\n');
const SCRIPT = read('./script/page.js');
const FONTS = new Map(['inter-500.woff2', 'inter-700.woff2'].map((name) => [name, read(`./fonts/${name}`)]));
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#14161c"/><path d="M8 10h16M16 10v10q0 3 4 3" stroke="#2ee0c6" stroke-width="3.2" fill="none" stroke-linecap="round"/></svg>';
/** The same drawing for those who read no SVG: 180 pixels for home screens. */
const TOUCH_ICON = read('./icons/touch-icon.png');

const HOUR = 'public, max-age=3600';
/** The name changes with the font, so it may be kept for a year. */
const YEAR = 'public, max-age=31536000, immutable';

export function siteFiles({ content, defaults }: Services): Hono {
  const app = new Hono();
  const send = (path: string, body: string | Uint8Array<ArrayBuffer>, type: string, keep = HOUR) =>
    app.get(path, (c) => c.body(body, 200, { 'content-type': type, 'cache-control': keep }));
  send('/style.css', STYLE, 'text/css; charset=utf-8');
  send('/page.js', new Uint8Array(SCRIPT), 'text/javascript; charset=utf-8');
  for (const [name, font] of FONTS) send(`/fonts/${name}`, new Uint8Array(font), 'font/woff2', YEAR);
  send('/icon.svg', ICON, 'image/svg+xml');
  for (const path of ['/apple-touch-icon.png', '/favicon.ico']) send(path, new Uint8Array(TOUCH_ICON), 'image/png');
  const paths = [
    '/',
    '/subnets',
    ...[...content.coins.keys()].map((id) => `/coins/${id}`),
    // Questions about the bot itself are understood as wishes to it.
    ...[...content.faq.values()].filter(({ tags }) => !tags.includes('bot')).map(({ question }) => askHref(question)),
  ];
  const { publicUrl } = defaults;
  const rules = ['User-agent: *', 'Disallow: /api/', 'Disallow: /ask?a=', 'Disallow: /mcp'];
  if (publicUrl !== null) {
    rules.push(`Sitemap: ${publicUrl}/sitemap.xml`);
    send('/sitemap.xml', sitemap(publicUrl, paths), 'application/xml; charset=utf-8');
  }
  send('/robots.txt', `${rules.join('\n')}\n`, 'text/plain; charset=utf-8');
  return app;
}

/** https://www.sitemaps.org/protocol.html: addresses are absolute, so there is one only where our own is known. */
function sitemap(publicUrl: string, paths: readonly string[]): string {
  const urls = paths.map((path) => `<url><loc>${`${publicUrl}${path}`.replaceAll('&', '&amp;')}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>\n`;
}
