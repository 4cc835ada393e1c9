// The web server: pages, API, charts, health and metrics on one port; other rooms may hang their own listeners in.
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { apiRoutes } from './api.ts';
import { chartRoute } from './chart-route.ts';
import { coinPage } from './pages/coin.ts';
import { LONGEST_QUERY, type WebContext } from './context.ts';
import { homePage } from './pages/home.ts';
import { addRequestRules, type Env } from './request-rules.ts';
import type { Metrics } from './metrics.ts';
import { subnetApi, subnetPages } from './subnet-routes.ts';
import { liveValues } from '../app/bittensor/live-values.ts';

/** `needed`: without it the process is not ready, whatever the others say. */
export type Check = { name: string; ok: boolean; detail: string; needed?: true };

export type WebOptions = {
  web: WebContext;
  metrics: Metrics;
  /** One check per platform that is switched on: 503 while none of them is connected, or while a needed check fails. */
  ready: () => readonly Check[];
  /** Listeners of other rooms by path prefix, e.g. "/slack/". */
  mounts?: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
  /** Addresses, networks or `loopback` whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[];
  /** `/metrics` is for those who send it; undefined: for everybody who reaches the port. */
  metricsToken?: string | undefined;
  onError: (error: unknown) => void;
};

const STYLE = readFileSync(new URL('./pages/style.css', import.meta.url), 'utf8');
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#14161c"/><path d="M8 10h16M16 10v10q0 3 4 3" stroke="#2ee0c6" stroke-width="3.2" fill="none" stroke-linecap="round"/></svg>';

/** Builds the server; `listen` is the caller's. */
export function createWebServer(options: WebOptions): Server {
  const listener = getRequestListener(createApp(options).fetch);
  const mounts = Object.entries(options.mounts ?? {});
  const server = createServer((request, response) => {
    const mount = mounts.find(([prefix]) => request.url?.startsWith(prefix));
    if (mount !== undefined) mount[1](request, response);
    else void listener(request, response);
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.maxHeadersCount = 60;
  return server;
}

function createApp({ web, metrics, metricsToken, ready, trustedProxies = [], onError }: WebOptions): Hono<Env> {
  const app = new Hono<Env>();
  const { publicUrl } = web.services.defaults;
  addRequestRules(app, { now: web.now, trustedProxies, publicUrl });
  app.get('/livez', (c) => c.json({ ok: true, checks: [{ name: 'process', ok: true, detail: 'answering' }] }));
  app.get('/readyz', (c) => {
    const checks = ready();
    const platforms = checks.filter((check) => check.needed !== true);
    const ok =
      checks.every((check) => check.ok || check.needed !== true) &&
      (platforms.length === 0 || platforms.some((check) => check.ok));
    return c.json({ ok, checks }, ok ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    if (metricsToken !== undefined && !sameToken(c.req.header('authorization'), metricsToken))
      return c.text('Send the METRICS_TOKEN: Authorization: Bearer …', 401, { 'www-authenticate': 'Bearer' });
    const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' };
    return c.text(await metrics.render(), 200, headers);
  });
  app.get('/style.css', (c) =>
    c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
  );
  app.get('/icon.svg', (c) =>
    c.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  );
  pages(app, web);
  app.route('/subnets', subnetPages(web));
  app.get('/charts/:file', chartRoute(web));
  app.route('/api/subnets', subnetApi(web));
  app.route('/api', apiRoutes(web));
  app.notFound((c) =>
    c.req.path.startsWith('/api/') ? c.json({ error: 'no such path' }, 404) : c.text('Not found. Start at /', 404),
  );
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return c.text(error.status === 403 ? 'This form works on our own pages only.' : error.message, error.status);
    onError(error);
    return c.req.path.startsWith('/api/')
      ? c.json({ error: 'something broke on our side' }, 500)
      : c.text('Something broke on our side. Please try again.', 500);
  });
  return app;
}

/** Compares digests, so that the time taken says nothing about the token. */
function sameToken(authorization: string | undefined, token: string): boolean {
  const digest = (words: string) => createHash('sha256').update(words).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

function pages(app: Hono<Env>, web: WebContext): void {
  const { services, now } = web;
  app.get('/', async (c) => {
    const question = (c.req.query('q') ?? '').slice(0, LONGEST_QUERY);
    const code = c.req.query('a');
    const voting = code?.includes('vote=') === true; // votes change a counter: only by the form below
    const answer =
      code !== undefined && !voting
        ? await web.press(code)
        : question.trim() === ''
          ? null
          : await web.ask(question, services.defaults.locale);
    return c.html(await homePage({ services, now: now(), question, answer }), 200, { 'cache-control': 'no-store' });
  });
  app.post('/ask', async (c) => {
    const form = await c.req.parseBody();
    const code = typeof form['a'] === 'string' ? form['a'].slice(0, LONGEST_QUERY) : '';
    return c.html(await homePage({ services, now: now(), question: '', answer: await web.press(code) }), 200, {
      'cache-control': 'no-store',
    });
  });
  app.get('/coins/:id', async (c) => {
    const coin = services.content.coins.get(c.req.param('id'));
    if (coin === undefined) return c.text('There is no profile of that coin. All coins are at /', 404);
    const context = web.context();
    return c.html(await coinPage(coin, context, await liveValues(context)), 200, { 'cache-control': 'no-store' });
  });
}
