// A proxy that the environment names is nobody whom we asked to read our calls.
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createHttp } from '../../src/http/client.ts';
import { startFakeServer } from '../fakes/server.ts';

afterEach(() => vi.unstubAllEnvs());

it('a proxy of the environment is not asked', async () => {
  const far = await startFakeServer(() => ({ json: { value: 1 } }));
  const proxy = await startFakeServer(() => ({ json: { value: 2 } }));
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
    vi.stubEnv(name, proxy.origin);
  const http = createHttp({ name: 'Far', now: () => Date.now() });
  const answer = await http.getJson(`${far.origin}/x`, { schema: z.object({ value: z.number() }), deadlineMs: 15_000 });
  expect(answer).toMatchObject({ kind: 'ok', data: { value: 1 } });
  expect(proxy.calls).toEqual([]);
  await Promise.all([http.close(), far.close(), proxy.close()]);
});
