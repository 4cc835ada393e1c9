// A far end whose clock is not ours.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createHttp } from '../../src/http/client.ts';
import { START } from '../market/scene.ts';

it.each([-5 * 3_600_000, 5 * 3_600_000])(
  'Retry-After as a date is read by the clock that wrote it, ours being %i ms off',
  async (offMs) => {
    const limited = createServer((_request, response) => {
      const date = new Date(START).toUTCString();
      response.writeHead(429, { date, 'retry-after': new Date(START + 120_000).toUTCString() }).end();
    });
    await new Promise<void>((resolve) => limited.listen(0, '127.0.0.1', resolve));
    const now = START + offMs;
    const http = createHttp({ name: 'Far', now: () => now });
    const { port } = limited.address() as AddressInfo;
    const schema = z.object({ value: z.number() });
    const answer = await http.getJson(`http://127.0.0.1:${port}/x`, { schema, deadlineMs: 15_000 });
    limited.close();
    await http.close();
    expect(answer).toMatchObject({ kind: 'limited', until: expect.closeTo(now + 120_000, -3.5) as number });
  },
);
