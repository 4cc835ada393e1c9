// The guard itself: a test that forgot its fake far end must fail, not reach the internet.
import { expect, it } from 'vitest';
import { fetch } from 'undici';

it('refuses any address beyond loopback', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({
    cause: { message: expect.stringContaining('loopback') as string },
  });
});
