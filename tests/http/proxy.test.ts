// A proxy that the environment names is not asked: what goes to a source goes there directly.
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createHttp } from '../../src/http/client.ts';
import { startFakeServer } from '../fakes/server.ts';

it('a proxy of the environment is not asked', async () => {
  const [far, proxy] = await Promise.all([1, 2].map((value) => startFakeServer(() => ({ json: { value } }))));
  if (far === undefined || proxy === undefined) throw new Error('no servers');
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
    vi.stubEnv(name, proxy.origin);
  const http = createHttp({ name: 'Far', now: Date.now });
  const schema = z.object({ value: z.number() });
  expect(await http.getJson(`${far.origin}/x`, { schema, deadlineMs: 15_000 })).toMatchObject({
    kind: 'ok',
    data: { value: 1 },
  });
  expect(proxy.calls).toEqual([]);
  vi.unstubAllEnvs();
  await Promise.all([http.close(), far.close(), proxy.close()]);
});
