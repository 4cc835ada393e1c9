// The parameters of an address that programs ask: one that is misspelt, or that is there twice, would change no answer, so it is refused.
import type { MiddlewareHandler } from 'hono';

/** What is wrong with the query of `url`; `lists` may be given several times. Null when nothing is. */
export function queryFault(url: string, single: readonly string[], lists: readonly string[] = []): string | null {
  const known = [...single, ...lists];
  const given = [...new URL(url).searchParams.keys()];
  const unknown = [...new Set(given)].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return `unknown: ${unknown.join(', ')}; ${known.length === 0 ? 'there are no parameters' : `the parameters are ${known.join(', ')}`}`;
  const twice = single.find((name) => given.indexOf(name) !== given.lastIndexOf(name));
  return twice === undefined ? null : `${twice} is there more than once`;
}

/** Answers 400 unless the query holds nothing but these, each at most once. */
export function onlyParameters(...single: string[]): MiddlewareHandler {
  return async (c, next) => {
    const fault = queryFault(c.req.url, single);
    return fault === null ? await next() : c.json({ error: fault }, 400);
  };
}
