// Pages of a site that a proxy serves below a path, which it takes off again (`https://example.org/taobot`): their links keep it.
import type { MiddlewareHandler } from 'hono';

/** What begins at the root in our own markup; outside text is escaped, so that it holds no quotation mark. */
const FROM_ROOT = /\b(href|src|srcset|action)="\/(?!\/)/g;

/** Writes `path` ("/taobot") in front of the links and redirects of all pages. */
export function belowPath(path: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const target = c.res.headers.get('location');
    if (target?.startsWith('/') === true) c.header('Location', `${path}${target}`);
    if (c.res.headers.get('content-type')?.startsWith('text/html') !== true) return;
    c.res = new Response((await c.res.text()).replaceAll(FROM_ROOT, `$1="${path}/`), c.res);
  };
}
