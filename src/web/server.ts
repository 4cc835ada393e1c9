// The web server: pages, API, charts, health and metrics on one port; other rooms may hang their own listeners in.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { apiRoutes } from './api.ts';
import { chartRoute } from './chart-route.ts';
import type { WebContext } from './context.ts';
import { mcpRoute } from './mcp/route.ts';
import { pageRoutes } from './page-routes.ts';
import { brokenPage, notFoundPage } from './pages/error.ts';
import { siteFiles } from './site-files.ts';
import { addRequestRules, type Env } from './request-rules.ts';
import type { Metrics } from './metrics.ts';
import { subnetApi, subnetPages } from './subnet-routes.ts';

/** `needed`: without it the process is not ready, whatever the others say. */
export type Check = { name: string; ok: boolean; detail: string; needed?: true };

export type WebOptions = {
  web: WebContext;
  metrics: Metrics;
  /** One check per platform that is switched on: 503 while none of them is connected, or while a needed check fails. */
  ready: () => readonly Check[];
  /** Listeners of other rooms by path prefix, e.g. "/slack/". */
  mounts?: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
  /** Whether assistants may read at `/mcp`. */
  mcp: boolean;
  /** Addresses, networks or `loopback` whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[];
  /** `/metrics` is for those who send it; undefined: for everybody who reaches the port. */
  metricsToken?: string | undefined;
  onError: (error: unknown) => void;
};

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

function createApp({ web, metrics, metricsToken, ready, mcp, trustedProxies = [], onError }: WebOptions): Hono<Env> {
  const app = new Hono<Env>();
  const { publicUrl } = web.services.defaults;
  addRequestRules(app, { monotonic: web.monotonic, trustedProxies, publicUrl });
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
  app.route('/', siteFiles(web.services));
  app.route('/', pageRoutes(web));
  app.route('/subnets', subnetPages(web));
  app.get('/charts/:file', chartRoute(web));
  if (mcp) app.post('/mcp', mcpRoute(web));
  app.route('/api/subnets', subnetApi(web));
  app.route('/api', apiRoutes(web));
  app.notFound((c) =>
    c.req.path.startsWith('/api/') ? c.json({ error: 'no such path' }, 404) : c.html(notFoundPage(), 404),
  );
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return c.text(error.status === 403 ? 'This form works on our own pages only.' : error.message, error.status);
    onError(error);
    return c.req.path.startsWith('/api/')
      ? c.json({ error: 'something broke on our side' }, 500)
      : c.html(brokenPage(), 500);
  });
  return app;
}

/** Compares digests, so that the time taken says nothing about the token. */
function sameToken(authorization: string | undefined, token: string): boolean {
  const digest = (words: string) => createHash('sha256').update(words).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}
