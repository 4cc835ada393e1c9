// The real web server over a test core, on a free port of loopback.
import type { AddressInfo } from 'node:net';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { createWebContext } from '../../src/web/context.ts';
import { createMetrics } from '../../src/web/health/metrics.ts';
import type { Check } from '../../src/web/health/health.ts';
import type { ServerLimits } from '../../src/web/limited-server.ts';
import { createWebServer } from '../../src/web/server.ts';
import { openTestCore } from './core.ts';

export type TestSite = Awaited<ReturnType<typeof openTestSite>>;

/** `site.checks` is what `/readyz` reports; `TRUSTED_PROXIES` among the settings holds, too. `limits`: of slow visitors. */
export async function openTestSite(
  options: Parameters<typeof openTestCore>[0] & { limits?: Partial<ServerLimits> } = {},
) {
  const core = await openTestCore(options);
  const metrics = createMetrics();
  const web = createWebContext({
    services: core.services,
    commands: COMMANDS,
    dispatch: core.dispatch,
    now: core.now,
  });
  const site = {
    core,
    checks: [] as readonly Check[],
    base: '',
    get: (path: string) => fetch(`${site.base}${path}`),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await core.close();
    },
  };
  const server = createWebServer({
    web,
    metrics,
    mcp: core.config.MCP === 'on',
    metricsToken: core.config.METRICS_TOKEN,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    trustedProxies: core.config.TRUSTED_PROXIES ?? [],
    ready: () => site.checks,
    onError: (error) => core.log.error({ err: error }, 'web request failed'),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}
