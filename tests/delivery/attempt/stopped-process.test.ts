// A process that is stopped (SIGSTOP) for 30 s or 5 min at any point of a post: another one takes over, and whoever goes on then posts nothing again.
import { describe, expect, it } from 'vitest';
import type { Bot } from '../../../src/bots/bot.ts';
import { createStage, UNPACED } from '../../digests/virtual.ts';
import { createFakeBot } from '../../fakes/platform.ts';
import { DAY, MINUTE, SECOND } from '../../../src/base/clock.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
/** A lease of a platform lasts so long; the other process looks from then on. */
const LEASE_MS = 15 * SECOND;
const CARD = { kind: 'digest', outcome: 'ok', tone: 'info', title: 'digest', blocks: [] } as const;

const stage = createStage();

/** Where the process stands still. */
type Point = 'while it draws' | 'before it asks whether it may post' | 'when the post has left';

/** Somebody who reaches a point and then stands there. */
function createStop() {
  const [reached, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let standing = false;
  return {
    reached: reached.promise,
    goOn: goesOn.resolve,
    /** Only the first who comes stands still. */
    async stand(): Promise<void> {
      if (standing) return;
      standing = true;
      reached.resolve();
      await goesOn.promise;
    },
  };
}

describe.each([30 * SECOND, 5 * MINUTE])('stopped for %i ms', (stoppedMs) => {
  it.each(
    (['discord', 'slack'] as const).flatMap((name) =>
      (['while it draws', 'before it asks whether it may post', 'when the post has left'] as const).map(
        (point): [string, Point] => [name, point],
      ),
    ),
  )('%s, %s: one post, and no row is left over', async (platform, point) => {
    const name = platform === 'discord' ? 'discord' : 'slack';
    const virtual = await stage({ name });
    const stop = createStop();
    const real = createFakeBot({ name, origin: virtual.platform.origin, sendRules: UNPACED[name], timeoutMs: 10_000 });
    const bot: Bot = {
      ...real,
      async post(...words) {
        if (point === 'before it asks whether it may post') await stop.stand();
        const outcome = await real.post(...words);
        if (point === 'when the post has left') await stop.stand();
        return outcome;
      },
    };
    const first = virtual.beside({
      bots: new Map([[name, bot]]),
      async render() {
        if (point === 'while it draws') await stop.stand();
        return CARD;
      },
    });
    await virtual.add(0, { local_time: '09:00', next_at: NINE, after_at: NINE - DAY });
    virtual.clock.now = NINE + 100;
    void first.tick();
    await stop.reached;

    virtual.clock.now += LEASE_MS;
    await virtual.until(NINE + stoppedMs, 5 * SECOND); // the other process alone
    if (stoppedMs > MINUTE) expect(virtual.platform.posts).toHaveLength(1); // nobody waits for the one that stands still
    stop.goOn();
    await first.settled();
    for (let passed = 0; passed <= 20 * MINUTE; passed += 30 * SECOND) {
      await virtual.at(NINE + stoppedMs + passed);
      await first.tick(); // both of them
      await first.settled();
    }
    expect(virtual.platform.posts).toHaveLength(1);
    expect(await virtual.engine.totals()).toMatchObject({ due: 1, sent: 1, pending: 0, ambiguous: 0 });
    await first.stop();
    await real.stop();
  });
});
