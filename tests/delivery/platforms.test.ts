// Digests through the real bots: asked for in Discord and Slack, confirmed with the button, posted within seconds of the minute, never twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestCard } from '../../src/app/digest/card.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { createDiscordBot } from '../../src/bots/discord/bot.ts';
import { createTestEngine, type TestEngine } from '../fakes/digest-engine.ts';
import { openScene } from '../bots/slack/scene.ts';
import { flatten } from '../fakes/discord/check.ts';
import { MANAGE_CHANNELS } from '../fakes/discord/events.ts';
import { botOptions } from '../fakes/discord/scene.ts';
import { lookAt } from '../fakes/discord/look.ts';
import { startFakeDiscord } from '../fakes/discord/discord.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

/** The clock of the test: real time, moved so that the next minute is 30 seconds away, and a second once all is set up. */
let shift = 0;
const now = () => Date.now() + shift;
const soon = (): { time: string; at: number } => {
  shift = 0;
  const next = Math.ceil((Date.now() + 1) / 60_000) * 60_000;
  shift = next - Date.now() - 30_000;
  return { time: new Date(next).toISOString().slice(11, 16), at: next };
};
const skipTo = (moment: number): void => void (shift = moment - Date.now());
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

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
    sleep,
    log: core.log,
  });
  core.services.digests = engine.digests;
  return engine;
}

async function tickUntil(engine: TestEngine, done: () => boolean, limitMs: number): Promise<void> {
  for (const end = Date.now() + limitMs; !done() && Date.now() < end;) {
    await engine.tick();
    await sleep(100);
  }
  await engine.settled();
  await engine.tick();
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
      const discord = await startFakeDiscord({});
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
      skipTo(at - 1000);
      let lost = 0;
      discord.faults.push((call) =>
        call.method === 'POST' && /channels\/\d+\/messages$/.test(call.path) && lost++ === 0
          ? { commit: true, answer: { status: 502 } }
          : undefined,
      );
      const posts = () =>
        discord.messages().filter((message) => message.interactionId === undefined && !message.ephemeral);
      await tickUntil(engine, () => posts().length > 0 && lost > 1, 15_000);
      expect(posts()).toHaveLength(1);
      expect((posts()[0]?.at ?? 0) + shift - at).toBeLessThan(5000);
      expect((posts()[0]?.at ?? 0) + shift - at).toBeGreaterThanOrEqual(0);
      const look = lookAt(posts()[0]?.body ?? {});
      expect(look.text).toMatch(/Bittensor \(TAO\) · daily digest/);
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
      await slack.press(preview, 'Confirm', { user: 'U0ADMIN', channel: 'C0GENERAL' });
      const view = async () => (await engine.digests.list({ platform: 'slack', tenant: 'T0TEAM' }))[0];
      await tickUntil(engine, () => false, 300);
      expect((await view())?.status).toBe('active');
      skipTo(at - 1000);
      let lost = 0;
      slack.fault = (call) =>
        call.method === 'chat.postMessage' && lost++ === 0 ? ({ kind: 'reset', commit: true } as never) : null;
      const posts = () =>
        slack.messages().filter((message) => message.metadata !== undefined && message.ephemeralFor === undefined);
      await tickUntil(engine, () => posts().length > 0, 15_000);
      const arrived = now();
      expect(arrived - at).toBeLessThan(5000);
      expect(posts()).toHaveLength(1);
      expect((await engine.totals()).ambiguous).toBe(1);
      shift += 5 * 60_000; // Slack may commit late: only later is the history asked, and by then people have talked a lot
      for (let talk = 0; talk < 1000; talk++)
        slack.space.add({
          channel: 'C0GENERAL',
          ts: slack.space.nextTs(),
          text: 'talk',
          blocks: [],
          via: 'people',
          sent: {},
        });
      await tickUntil(engine, () => false, 400);
      expect(posts()).toHaveLength(1);
      expect(await engine.totals()).toMatchObject({ ambiguous: 0, gap: 0 });
      expect(JSON.stringify(posts()[0]?.blocks)).toMatch(/daily digest/);
      expect(slack.space.problems).toEqual([]);
      keep('slack-digest.json', posts()[0]);
      await engine.stop();
      await scene.close();
    },
  );
});
