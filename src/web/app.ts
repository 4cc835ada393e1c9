// All that the web server answers itself: pages, API, charts, health, and metrics unless they have their own port.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { apiRoutes } from './api.ts';
import { chartRoute } from './chart-route.ts';
import type { WebContext } from './context.ts';
import { addHealth, addMetrics, type HealthOptions } from './health/health.ts';
import { type ServerLimits, WITHOUT_HOST } from './limited-server.ts';
import { mcpRoute } from './mcp/route.ts';
import { pageRoutes } from './page-routes.ts';
import { belowPath } from './pages/below-path.ts';
import { brokenPage, notFoundPage } from './pages/error.ts';
import { siteFiles } from './site-files.ts';
import { addRequestRules, type Env } from './request-rules.ts';
import { subnetApi, subnetPages } from './subnets/routes.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export type WebOptions = HealthOptions & {
  web: WebContext;
  /** Listeners of other rooms by path prefix, e.g. "/slack/". */
  mounts?: Readonly<Record<string, Listener>>;
  /** Whether assistants may read at `/mcp`. */
  mcp: boolean;
  /** Addresses, networks or `loopback` whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[];
  /** False: `/metrics` is not served here, because it has a port of its own. */
  showsMetrics?: boolean;
  limits?: Partial<ServerLimits>;
  onError: (error: unknown) => void;
};

/** What answers each request; it never throws. */
export function createListener(options: WebOptions): Listener {
  const listener = getRequestListener(createApp(options).fetch, WITHOUT_HOST);
  return (request, response) => void listener(request, response);
}

function createApp(options: WebOptions): Hono<Env> {
  const { web, showsMetrics = true, mcp, trustedProxies = [], onError } = options;
  const app = new Hono<Env>();
  const { publicUrl } = web.services.defaults;
  addRequestRules(app, { monotonic: web.monotonic, trustedProxies, publicUrl });
  const path = publicUrl === null ? '/' : new URL(publicUrl).pathname;
  if (path !== '/') app.use(belowPath(path));
  addHealth(app, options);
  if (showsMetrics) addMetrics(app, options);
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
    // A visitor who left, or was too slow, is no fault of ours, and nobody is there to read the answer.
    if (c.env.incoming.destroyed && !c.env.incoming.complete) return c.body(null, 400);
    onError(error);
    return c.req.path.startsWith('/api/')
      ? c.json({ error: 'something broke on our side' }, 500)
      : c.html(brokenPage(), 500);
  });
  return app;
}
