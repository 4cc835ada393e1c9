// Digests through the real bots: asked for in Discord and Slack, confirmed with the button, posted within seconds of the minute, never twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestCard } from '../../src/app/digest/card.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { createDiscordBot } from '../../src/bots/discord/bot.ts';
import { MINUTE } from '../../src/base/clock.ts';
import { createTestClock } from '../fakes/clock.ts';
import { createTestEngine, type TestEngine } from '../fakes/digest-engine.ts';
import { openScene } from '../bots/slack/scene.ts';
import { flatten } from '../fakes/discord/rest/check.ts';
import { MANAGE_CHANNELS } from '../fakes/discord/events.ts';
import { botOptions } from '../fakes/discord/scene.ts';
import { lookAt } from '../fakes/discord/look.ts';
import { startFakeDiscord } from '../fakes/discord/discord.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

/** All of it happens at half past, on a clock that only moves when a test says so. */
const START = Date.UTC(2026, 8, 18, 12, 0, 30);
const clock = createTestClock({ start: START });
const { now } = clock;
/** The next full minute, as it is typed and as a moment. */
const soon = (): { time: string; at: number } => {
  const at = Math.ceil((now() + 1) / MINUTE) * MINUTE;
  return { time: new Date(at).toISOString().slice(11, 16), at };
};
const STEP_MS = 100;
/** The bots' calls are real, so the engine waits for them in real time; what is due when is up to the clock. */
const lingering = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore({ now });
  await core.services.market.quotes(['bittensor'], 'usd');
});
afterAll(() => core.close());

function engineFor(bot: Bot): TestEngine {
  const engine = createTestEngine({
    database: core.database,
    bots: new Map([[bot.name, bot]]),
    render: (order) => digestCard(order, core.services, now()),
    now,
    sleep: lingering,
    log: core.log,
  });
  core.services.digests = engine.digests;
  return engine;
}

/** What the engine does in so much time, or until something holds. */
async function run(engine: TestEngine, ms: number, done: () => boolean = () => false): Promise<void> {
  for (let passed = 0; passed < ms && !done(); passed += STEP_MS) {
    await engine.tick();
    await engine.settled();
    await clock.advance(STEP_MS);
  }
}

/** Kept for looking at: what the platforms would show. */
function keep(name: string, json: unknown): void {
  const folder = process.env['DIGEST_SHOW'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), JSON.stringify(json, null, 2));
}

describe('Discord', () => {
  it(
    'posts a digest asked for the next minute within 5 s of it, once, although the first answer is lost',
    { timeout: 60_000 },
    async () => {
      const { time, at } = soon();
      const discord = await startFakeDiscord({ now });
      const bot = createDiscordBot(botOptions(core, discord, { timeoutMs: 2000 }));
      const engine = engineFor(bot);
      await bot.start();
      await discord.until(() => bot.health().connected && discord.state.commands.size > 0);
      const asked = discord.interact({
        command: 'digest create',
        options: { time, coins: 'tao' },
        permissions: MANAGE_CHANNELS,
      });
      await discord.answered(asked);
      if (asked.message == null) throw new Error('no preview');
      const confirm = flatten(asked.message.body.components ?? []).find(
        (node) => node.custom_id?.includes('confirm=') === true,
      );
      const pressed = discord.interact({
        button: confirm?.custom_id ?? '',
        on: asked.message,
        permissions: MANAGE_CHANNELS,
      });
      await discord.answered(pressed);
      await clock.advance(at - 1000 - now());
      let lost = 0;
      discord.faults.push((call) =>
        call.method === 'POST' && /channels\/\d+\/messages$/.test(call.path) && lost++ === 0
          ? { commit: true, answer: { status: 502 } }
          : undefined,
      );
      const posts = () =>
        discord.messages().filter((message) => message.interactionId === undefined && !message.ephemeral);
      await run(engine, 15_000, () => posts().length > 0 && lost > 1);
      expect(posts()).toHaveLength(1);
      expect((posts()[0]?.at ?? 0) - at).toBeLessThan(5000);
      expect((posts()[0]?.at ?? 0) - at).toBeGreaterThanOrEqual(0);
      const look = lookAt(posts()[0]?.body ?? {});
      expect(look.text).toMatch(/^## .*TAO (?:this morning|this afternoon|tonight) · \$250\.28/);
      expect(look.text).toMatch(/\$250\.28/);
      expect(look.pings).toEqual([]);
      expect(posts()[0]?.files).toHaveLength(1);
      expect(discord.state.refusals).toEqual([]);
      expect(lost).toBe(2); // the repeat carried the same nonce
      keep('discord-preview.json', asked.message.body);
      keep('discord-digest.json', posts()[0]);
      await engine.stop();
      await bot.stop();
      await discord.close();
    },
  );
});

describe('Slack', () => {
  it(
    'posts a digest asked for the next minute within 5 s of it, and finds it again when the answer is lost',
    { timeout: 60_000 },
    async () => {
      const { time, at } = soon();
      const scene = await openScene(core, { fake: { admins: ['U0ADMIN'], now }, bot: { now } });
      const { slack } = scene;
      const engine = engineFor(scene.bot);
      await slack.slash('/digest', `create ${time} UTC tao`, { user: 'U0ADMIN', channel: 'C0GENERAL' });
      const [preview] = await slack.waitFor(1);
      if (preview === undefined) throw new Error('no preview');
      keep('slack-preview.json', preview.blocks);
      await slack.press(preview, 'Start', { user: 'U0ADMIN', channel: 'C0GENERAL' });
      const view = async () => (await engine.digests.list({ platform: 'slack', tenant: 'T0TEAM' }))[0];
      await run(engine, 300);
      expect((await view())?.status).toBe('active');
      await clock.advance(at - 1000 - now());
      let lost = 0;
      slack.fault = (call) =>
        call.method === 'chat.postMessage' && lost++ === 0 ? ({ kind: 'reset', commit: true } as never) : null;
      const posts = () =>
        slack.messages().filter((message) => message.metadata !== undefined && message.ephemeralFor === undefined);
      await run(engine, 15_000, () => posts().length > 0);
      const arrived = now();
      expect(arrived - at).toBeLessThan(5000);
      expect(posts()).toHaveLength(1);
      expect((await engine.totals()).ambiguous).toBe(1);
      await clock.advance(5 * MINUTE); // Slack may commit late: only later is the history asked, and by then people have talked a lot
      for (let talk = 0; talk < 1000; talk++)
        slack.space.add({
          channel: 'C0GENERAL',
          ts: slack.space.nextTs(),
          text: 'talk',
          blocks: [],
          via: 'people',
          sent: {},
        });
      await run(engine, 400);
      expect(posts()).toHaveLength(1);
      expect(await engine.totals()).toMatchObject({ ambiguous: 0, gap: 0 });
      expect(JSON.stringify(posts()[0]?.blocks)).toMatch(/TAO (?:this morning|this afternoon|tonight) · \$250\.28/);
      expect(slack.space.problems).toEqual([]);
      keep('slack-digest.json', posts()[0]);
      await engine.stop();
      await scene.close();
    },
  );
});
