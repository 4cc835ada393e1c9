// What supervisors, balancers and Prometheus ask: `/livez`, `/readyz` and `/metrics`, on the port of the pages or on one of their own.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Env as AnyEnv, Hono } from 'hono';
import { createLimitedServer, WITHOUT_HOST } from '../limited-server.ts';
import type { Metrics } from './metrics.ts';

/** `needed`: without it the process is not ready, whatever the others say. */
export type Check = { name: string; ok: boolean; detail: string; needed?: true };

type Checks = () => Promise<readonly Check[]> | readonly Check[];

export type HealthOptions = {
  metrics: Metrics;
  /** One check per platform that is switched on: 503 while none of them is connected, or while a needed check fails. */
  ready: Checks;
  /** 503 when one of them fails: a restart would help. Absent: a process that answers is well. */
  live?: Checks;
  /** `/metrics` is for those who send it; undefined: for everybody who reaches the port. */
  metricsToken?: string | undefined;
};

const ANSWERING: Check = { name: 'process', ok: true, detail: 'answering' };
const NOT_KEPT = { 'cache-control': 'no-store' };

/** Adds `/livez` and `/readyz`. */
export function addHealth<E extends AnyEnv>(app: Hono<E>, { ready, live = () => [ANSWERING] }: HealthOptions): void {
  app.get('/livez', async (c) => {
    const checks = await live();
    const ok = checks.every((check) => check.ok);
    return c.json({ ok, checks }, ok ? 200 : 503, NOT_KEPT);
  });
  app.get('/readyz', async (c) => {
    const checks = await ready();
    const platforms = checks.filter((check) => check.needed !== true);
    const ok =
      checks.every((check) => check.ok || check.needed !== true) &&
      (platforms.length === 0 || platforms.some((check) => check.ok));
    return c.json({ ok, checks }, ok ? 200 : 503, NOT_KEPT);
  });
}

/** Adds `/metrics`. */
export function addMetrics<E extends AnyEnv>(
  app: Hono<E>,
  { metrics, metricsToken }: Pick<HealthOptions, 'metrics' | 'metricsToken'>,
): void {
  app.get('/metrics', async (c) => {
    if (metricsToken !== undefined && !sameToken(c.req.header('authorization'), metricsToken))
      return c.text('Send the METRICS_TOKEN: Authorization: Bearer …', 401, { 'www-authenticate': 'Bearer' });
    const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', ...NOT_KEPT };
    return c.text(await metrics.render(), 200, headers);
  });
}

/** A server of all three and nothing else; `listen` is the caller's. */
export function createHealthServer(options: HealthOptions): Server {
  const app = new Hono();
  addHealth(app, options);
  addMetrics(app, options);
  const listener = getRequestListener(app.fetch, WITHOUT_HOST);
  return createLimitedServer((request, response) => void listener(request, response));
}

/** Compares digests, so that the time taken says nothing about the token. */
function sameToken(authorization: string | undefined, token: string): boolean {
  const digest = (words: string) => createHash('sha256').update(words).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}
