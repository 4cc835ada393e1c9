// Whether a failed connection can have delivered a post: only what surely never left the machine may be sent again.
import { expect, it } from 'vitest';
import { networkFailure } from '../../src/bots/network-errors.ts';

const failed = (code: string, cause?: unknown): Error => Object.assign(new Error('failed', { cause }), { code });

it.each([
  ['a refused connection', failed('ECONNREFUSED'), 'not-sent', 'ECONNREFUSED'],
  [
    'a name that does not resolve, wrapped',
    new TypeError('fetch failed', { cause: failed('ENOTFOUND') }),
    'not-sent',
    'ENOTFOUND',
  ],
  [
    'a certificate that is not trusted',
    failed('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
    'not-sent',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ],
  [
    'all addresses refused',
    new AggregateError([failed('ECONNREFUSED'), failed('EHOSTUNREACH')]),
    'not-sent',
    'ECONNREFUSED',
  ],
  [
    'one address that may have taken it',
    new AggregateError([failed('ECONNREFUSED'), failed('ECONNRESET')]),
    'ambiguous',
    'ECONNREFUSED',
  ],
  ['a cut connection', failed('ECONNRESET'), 'ambiguous', 'ECONNRESET'],
  ['a cut connection behind a refused one', failed('ECONNREFUSED', failed('ECONNRESET')), 'ambiguous', 'ECONNREFUSED'],
  ['our own patience', new DOMException('aborted', 'AbortError'), 'ambiguous', 'timeout'],
  ['anything else', new RangeError('what'), 'ambiguous', 'RangeError'],
  ['no error at all', 'words', 'ambiguous', 'unknown'],
] as const)('%s', (_name, error, kind, code) => {
  expect(networkFailure(error)).toEqual({ kind, code });
});

it('a chain of causes that never ends', () => {
  const error = failed('ECONNREFUSED');
  error.cause = error;
  expect(networkFailure(error).kind).toBe('not-sent');
});
