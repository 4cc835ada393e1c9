// Many askers at once cost the source next to nothing, and a source in trouble costs the askers next to nothing.
import { afterEach, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite | undefined;
afterEach(async () => {
  await site?.close();
  site = undefined;
});

it('2,000 requests over 20 coins, 100 at a time, cost at most 3 upstream calls', async () => {
  site = await openTestSite();
  const { core, get } = site;
  await expect.poll(() => core.services.content.index().resolve('coin-3').kind, { timeout: 30_000 }).toBe('exact');
  const coins = [
    'bittensor',
    'near',
    'render-token',
    'fetch-ai',
    'internet-computer',
    'akash-network',
    'the-graph',
    'virtual-protocol',
    'worldcoin-wld',
    ...Array.from({ length: 11 }, (_, index) => `coin-${index}`),
  ];
  const before = core.gecko.calls.length;
  let next = 0;
  let good = 0;
  const worker = async () => {
    while (next < 2000) {
      const { card } = (await (await get(`/api/ask?q=/coin%20${coins[next++ % 20]}`)).json()) as {
        card: { outcome: string; blocks: { kind: string }[] };
      };
      if (card.outcome === 'ok' && card.blocks[0]?.kind === 'headline') good++;
    }
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  expect(good).toBe(2000);
  expect(core.gecko.calls.length - before).toBeLessThanOrEqual(3);
}, 60_000);

describe('a source in trouble', () => {
  it.each([['refused'], ['hang'], ['status'], ['limited'], ['html']] as const)(
    '%s: the last good price with its age',
    async (kind) => {
      let clock = Date.now();
      site = await openTestSite({ now: () => clock });
      const { core, get } = site;
      await get('/api/ask?q=/price%20tao');
      if (kind === 'refused') await core.gecko.down();
      else
        core.gecko.fault =
          kind === 'status'
            ? { kind: 'status', status: 500 }
            : kind === 'limited'
              ? { kind: 'limited', retryAfter: '30' }
              : { kind };
      clock += 10 * 60_000;
      const text = JSON.stringify(await (await get('/api/ask?q=/coin%20tao')).json());
      expect(text).toContain('$250.28');
      expect(text).toMatch(/1[01] min ago/);
      core.gecko.fault = null;
      if (kind === 'refused') await core.gecko.up();
    },
  );
});

it('a source that hangs from the start still leaves an answer', async () => {
  site = await openTestSite();
  const { core, get } = site;
  core.gecko.fault = { kind: 'hang' };
  const text = JSON.stringify(await (await get('/api/ask?q=/coin%20tao%20eur')).json());
  expect(text).toContain('Price unavailable');
});
