// The routes of subnets: all of them and one, as pages and as JSON.
import { Hono } from 'hono';
import type { WebContext } from '../context.ts';
import { onlyParameters } from '../query.ts';
import { subnetPage } from '../pages/subnet.ts';
import { subnetsPage } from '../pages/subnets.ts';
import { subnetsJson } from './json.ts';

/** A netuid as it is written everywhere; null for anything else. */
export function netuidOf(text: string): number | null {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) ? Number(text) : null;
}

/** `/subnets?sort=` and `/subnets/<netuid>?range=`; 503 with the reason while nothing was ever read. */
export function subnetPages(web: WebContext): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const { page, status } = await subnetsPage(web.context(), c.req.query('sort'));
    return c.html(page, status, { 'cache-control': 'no-store' });
  });
  app.get('/:netuid', async (c) => {
    const { page, status } = await subnetPage(web.context(), netuidOf(c.req.param('netuid')), c.req.query('range'));
    return c.html(page, status, { 'cache-control': 'no-store' });
  });
  return app;
}

/** `/api/subnets` and `/api/subnets/<netuid>`; 503 with the reason while nothing was ever read. */
export function subnetApi(web: WebContext): Hono {
  const api = new Hono();
  api.use(onlyParameters());
  api.get('/', async (c) => {
    const found = await subnetsJson(web.context());
    if (found.json === null) return c.json({ error: `subnet data unavailable: ${found.reason}` }, 503);
    c.header('Age', String(found.ageSeconds));
    return c.json(found.json);
  });
  api.get('/:netuid', async (c) => {
    const netuid = netuidOf(c.req.param('netuid'));
    const unknown = { error: 'no such subnet; the path is /api/subnets/<number>, all are at /api/subnets' };
    if (netuid === null) return c.json(unknown, 404);
    const found = await subnetsJson(web.context());
    if (found.json === null) return c.json({ error: `subnet data unavailable: ${found.reason}` }, 503);
    const subnet = found.json.subnets.find((one) => one.netuid === netuid);
    if (subnet === undefined) return c.json(unknown, 404);
    c.header('Age', String(found.ageSeconds));
    return c.json(subnet);
  });
  return api;
}
