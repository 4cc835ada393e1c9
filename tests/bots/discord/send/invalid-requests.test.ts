// Far from Discord's ban: whatever form a 429 has and whatever route it is on, few requests are refused, each is counted, and the log tells.
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import { bareBot, CARD } from '../../../fakes/discord/bare.ts';
import { startFakeDiscord } from '../../../fakes/discord/discord.ts';
import { limited } from '../../../fakes/discord/rest/http.ts';
import { FORMS_OF_429 } from '../../../fakes/discord/rest/limiter.ts';
import { channelOf, target } from '../posting.ts';

const TEN_MINUTES = 600_000;
const STEP_MS = 2000;
/** A twentieth of what leads to a ban. */
const MOST = 500;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function open() {
  const clock = createTestClock({ freeMs: 100 });
  const discord = await startFakeDiscord({ now: clock.now, checks: false });
  const counted = new Map<string, number>();
  const warned: string[] = [];
  const log = { debug: () => undefined, info: () => undefined, error: () => undefined };
  const bot = bareBot(discord, {
    now: clock.now,
    sleep: clock.sleep,
    count: (event) => void counted.set(event, (counted.get(event) ?? 0) + 1),
    log: { ...log, warn: (_facts: object, text: string) => void warned.push(text) },
  });
  closing.push(async () => {
    const stopped = bot.stop();
    await clock.advance(20_000);
    await stopped;
    await discord.close();
  });
  return { clock, discord, bot, counted, warned };
}

/** Ten minutes in steps; each lets everything that is on its way arrive. */
async function tenMinutes({ clock, discord }: Awaited<ReturnType<typeof open>>, step: () => void = () => undefined) {
  for (let passed = 0; passed < TEN_MINUTES; passed += STEP_MS) {
    step();
    await clock.advance(STEP_MS);
    for (let before = -1; before < discord.state.calls.length;) {
      before = discord.state.calls.length;
      await wait(2);
    }
  }
}

const FORMS = { ...FORMS_OF_429, 'zero, for one route only': { retryAfter: '0', scope: 'user' } };

describe.each(Object.entries(FORMS))('429 with %s for ten minutes', (_form, form) => {
  it("on the gateway's address", async () => {
    const scene = await open();
    scene.discord.faults.push(({ path }) => (path === '/gateway/bot' ? limited(form) : undefined));
    const started = scene.bot.start();
    await tenMinutes(scene);
    await started;
    const refused = scene.discord.count('GET', /gateway/);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(MOST);
    expect(scene.counted.get('discord_invalid_429')).toBe(refused);
    expect(scene.warned.filter((text) => text === 'rate limited by Discord')).toHaveLength(refused);
    scene.discord.faults.length = 0;
    for (let waits = 0; waits < 400 && !scene.bot.health().connected; waits++) {
      await scene.clock.advance(10_000); // no pause outlives its reason
      await wait(2);
    }
    expect(scene.bot.health().connected).toBe(true);
  });

  it('on every other route under load', async () => {
    const scene = await open();
    const { discord, bot } = scene;
    await bot.start();
    await discord.until(() => bot.health().connected && discord.state.commands.size > 0);
    discord.faults.push(() => limited(form));
    const before = discord.state.calls.length;
    const body = await bot.prepare(CARD);
    let count = 0;
    await tenMinutes(scene, () => {
      for (let each = 0; each < 5; each++) discord.interact({ command: 'help' });
      discord.message({ content: `<@${discord.botId}> help` });
      void bot.post(target(channelOf(count)), body, `k${count++}`).catch(() => undefined);
      void bot.find(target(channelOf(0)), 'k0', 0).catch(() => undefined);
    });
    const refused = discord.state.calls.length - before;
    expect(refused).toBeGreaterThan(5);
    expect(refused).toBeLessThanOrEqual(MOST);
    expect(scene.counted.get('discord_invalid_429')).toBe(refused);
  });
});
