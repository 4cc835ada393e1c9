// What holds for every request before a route sees it: an id, safe headers, pace, size, method, and forms that come from our own pages.
import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { asRequest, requestId } from '../base/log.ts';
import { answering, createClientOf } from './client-address.ts';
import { createRateLimit } from './rate-limit.ts';

export type Env = { Bindings: HttpBindings };

/** The only form that is sent to us holds one button's value. */
const LONGEST_BODY_BYTES = 16 * 1024;

export type RequestRules = {
  /** Ms that never step back. */
  monotonic: () => number;
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Where the pages are reachable from outside, null when nobody said. */
  publicUrl: string | null;
};

/**
 * Whether a body is under way that is not read any more: its connection is cut, so nobody may ask next over it, as a proxy does that keeps one
 * for all its visitors (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
 */
function isMuchLeft({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LONGEST_BODY_BYTES;
}

/** The answer to whoever asks too often. */
export function tooMany(c: Context, wait: number): Response {
  c.header('Retry-After', String(wait));
  return c.json({ error: `too many requests; try again in ${wait} s` }, 429);
}

export function addRequestRules(app: Hono<Env>, { monotonic, trustedProxies, publicUrl }: RequestRules): void {
  const rateLimit = createRateLimit(monotonic);
  const clientOf = createClientOf(trustedProxies);
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin;
  app.use(
    async (c, next) =>
      await asRequest(async () => {
        await next();
        c.header('X-Request-Id', requestId());
        if (isMuchLeft(c.env.incoming)) c.header('Connection', 'close');
      }),
  );
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      crossOriginResourcePolicy: false,
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    const remote = c.env.incoming.socket.remoteAddress ?? '';
    const client = clientOf(remote, c.req.header('x-forwarded-for'));
    const take = () => rateLimit.take(client);
    const wait = take();
    return wait === 0 ? await answering({ client, take }, next) : tooMany(c, wait);
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed(c, methods) {
        c.header('Allow', [...methods, 'OPTIONS'].join(', '));
        if (c.req.method === 'OPTIONS') return c.body(null, 204);
        return c.json({ error: `this path takes ${methods.join(' and ')} only` }, 405);
      },
    }),
  );
  app.use(
    bodyLimit({
      maxSize: LONGEST_BODY_BYTES,
      onError: (c) => c.json({ error: `the body is too large; at most ${LONGEST_BODY_BYTES} bytes are read` }, 413),
    }),
  );
  // The one path that changes something. Behind a proxy our own address looks different from inside: the one that people see counts, too.
  app.use('/ask', csrf({ origin: (origin, c) => origin === new URL(c.req.url).origin || origin === publicOrigin }));
}
