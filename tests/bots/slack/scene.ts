// The real bot with the real core against a fake Slack and a fake CoinGecko; each part can be replaced or broken by a test.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { createComplete } from '../../../src/app/input/autocomplete.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import type { Bot } from '../../../src/bots/bot.ts';
import type { PlaceEvents } from '../../../src/bots/platform.ts';
import { createSlackBot, type SlackBotOptions } from '../../../src/bots/slack/bot.ts';
import { createInstallations } from '../../../src/store/slack/installations.ts';
import { createInbox } from '../../../src/store/inbox/inbox.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../fakes/slack/slack.ts';
import { startWebMount } from './web-mount.ts';

/** Nobody who wants to know what happens to workspaces and channels. */
export const NO_PLACES: PlaceEvents = {
  onRemoved: () => undefined,
  onChannelGone: () => undefined,
  onChannelClosed: () => undefined,
  onAccess: () => undefined,
};

export const sleep = (ms: number): Promise<void> => wait(ms, undefined, { ref: false });

/** Short pauses become very short; long ones, which guard against silence, stay. */
export const hasty = (ms: number): Promise<void> => sleep(ms > 5000 ? ms : Math.min(ms, 20));

/** Throws when something that was sent breaks one of Slack's limits, or a promise was forgotten. */
export function assertClean(scene: Scene, rejections: readonly unknown[] = []): void {
  const found = [...scene.slack.space.problems, ...rejections.map(String)];
  if (found.length > 0) throw new Error(found.join('\n'));
}

/** Promises that nobody caught while the tests of a file run. */
export function collectRejections(): readonly unknown[] {
  const found: unknown[] = [];
  const note = (reason: unknown) => void found.push(reason);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));
  return found;
}

export type Scene = {
  slack: FakeSlack;
  bot: Bot;
  counts: Map<string, number>;
  fatal: string[];
  restart(more?: Partial<SlackBotOptions>): Promise<Bot>;
  close(): Promise<void>;
};

/** `mode`: how events travel. */
type SceneOptions = { mode?: 'socket' | 'http'; fake?: FakeSlackOptions; bot?: Partial<SlackBotOptions> };

/** One core for the tests of a file. What a test opens is closed after it, and must have sent nothing that Slack refuses. */
export function openScenes() {
  const opened: Scene[] = [];
  const scenes = {
    core: undefined as unknown as TestCore,
    keep(scene: Scene): Scene {
      opened.push(scene);
      return scene;
    },
    open: async (options: SceneOptions = {}): Promise<Scene> => scenes.keep(await openScene(scenes.core, options)),
  };
  beforeAll(async () => {
    scenes.core = await openTestCore();
  });
  afterEach(async () => {
    const ended = opened.splice(0);
    await Promise.all(ended.map((scene) => scene.close()));
    for (const scene of ended) assertClean(scene);
  });
  afterAll(() => scenes.core.close());
  return scenes;
}

/** A fake Slack with a started bot. */
export async function openScene(
  core: TestCore,
  { mode = 'socket', fake = {}, bot: more = {} }: SceneOptions = {},
): Promise<Scene> {
  const slack = await startFakeSlack(fake);
  const counts = new Map<string, number>();
  const fatal: string[] = [];
  const closing: (() => Promise<void>)[] = [];
  const open = async (extra: Partial<SlackBotOptions> = {}): Promise<Bot> => {
    const bot = createSlackBot({
      botToken: slack.token,
      ...(mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      apiUrl: slack.url,
      commands: COMMANDS,
      dispatch: core.dispatch,
      vocabulary: vocabularyOf(core.services),
      complete: createComplete(core.services),
      seenKeys: createInbox(core.database, Date.now),
      installations: createInstallations(core.database, Date.now),
      defaults: { locale: 'en', timeZone: 'UTC', publicUrl: null },
      log: core.log,
      now: Date.now,
      ...(more.now === undefined ? {} : { monotonic: more.now }), // one clock for all, unless a test wants two
      sleep,
      onFatal: (reason) => void fatal.push(reason),
      count: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
      ...more,
      ...extra,
    });
    await bot.start();
    if (bot.listener !== undefined) {
      const mount = await startWebMount(bot.listener);
      slack.http = `${mount.origin}/slack/events`;
      closing.push(() => mount.close());
    }
    closing.push(() => bot.stop());
    return bot;
  };
  const bot = await open();
  return {
    slack,
    bot,
    counts,
    fatal,
    restart: open,
    async close() {
      await Promise.all(closing.map((end) => end()));
      await slack.close();
    },
  };
}
