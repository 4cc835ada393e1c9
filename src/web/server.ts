// The web server on one port; its pages are loaded by the first request, and other rooms may hang their own listeners in.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { loadInTurns } from '../base/loading/late-modules.ts';
import type { Listener, WebOptions } from './app.ts';
import { createLimitedServer } from './limited-server.ts';

/** Each after what it needs itself. */
const PARTS = [
  () => import('hono'),
  () => import('@hono/node-server'),
  () => import('./pages/parts/footnotes.ts'),
  () => import('./pages/home.ts'),
  () => import('./request-rules.ts'),
  () => import('./page-routes.ts'),
  () => import('./mcp/route.ts'),
  () => import('./app.ts'),
];

/**
 * Builds the server; `listen` is the caller's. Library and pages, some seventy files, are nothing that a start must wait for, nor does a bot
 * need them that nobody visits: requests that come before they are loaded wait. Those that meet a failure are told 500; the next one tries again.
 */
export function createWebServer(options: WebOptions): Server {
  const mounts = Object.entries(options.mounts ?? {});
  let loading: Promise<Listener> | null = null;
  const load = async (): Promise<Listener> => {
    await loadInTurns(PARTS);
    return (await import('./app.ts')).createListener(options);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      loading ??= load();
      (await loading)(request, response);
    } catch (error) {
      loading = null;
      options.onError(error);
      response.writeHead(500, { 'content-type': 'text/plain' }).end('The pages cannot be loaded.');
    }
  }

  return createLimitedServer((request, response) => {
    const mount = mounts.find(([prefix]) => request.url?.startsWith(prefix));
    if (mount === undefined) void answer(request, response);
    else mount[1](request, response);
  }, options.limits);
}
