// The delivery engine alone with many tenants of both platforms that are due at once, before platforms that answer at once.
import type { Bot } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { SLACK_SEND_RULES } from '../../src/bots/slack/send-rules.ts';
import { zoneDataVersion } from '../../src/digests/schedule/tzdata-check.ts';
import { createLoopUse } from '../../src/wiring/health/loop-use.ts';
import { createTestEngine } from '../../tests/fakes/digest-engine.ts';
import { createFakeBot } from '../../tests/fakes/platform.ts';
import { subscription } from '../../tests/delivery/stage.ts';
import { inTemporary } from './database.ts';
import { DIGEST_CARD } from './digest-card.ts';
import { quiet, sleep } from './discord.ts';
import { watchLoop } from './process/loop-turns.mjs';

/** `each`: tenants of each platform. The longest turn in ms that this thread computed; posts a second together. */
export async function engineAlone(each: number): Promise<Record<string, number>> {
  return await inTemporary(async (database) => {
    const channels: string[] = [];
    const bots = new Map(
      [
        ['discord', DISCORD_SEND_RULES] as const,
        ['slack', { ...SLACK_SEND_RULES, perSecond: null, channelGapMs: 0 }] as const,
      ].map(([name, sendRules]): [string, Bot] => [name, { ...atOnce(name, channels), sendRules }]),
    );
    const now = Date.now();
    const rows = ['discord', 'slack'].flatMap((platform, half) =>
      Array.from({ length: each }, (_, index) =>
        subscription(half * each + index, now, { platform, tenant: `T${index}`, zone_data: zoneDataVersion() }),
      ),
    );
    for (let from = 0; from < rows.length; from += 500)
      await database.sql
        .insertInto('subscription')
        .values(rows.slice(from, from + 500))
        .execute();
    const engine = createTestEngine({
      database,
      bots,
      render: () => Promise.resolve(DIGEST_CARD),
      now: Date.now,
      sleep,
      loopUse: createLoopUse,
      log: quiet,
    });
    const turns = watchLoop();
    const started = performance.now();
    const isOver = (): boolean => channels.length >= rows.length || performance.now() - started > 60_000;
    for (; !isOver(); await sleep(100)) await engine.tick();
    const seconds = (performance.now() - started) / 1000;
    await engine.settled();
    const { cpuMs } = turns();
    await engine.stop();
    return {
      engineTenants: rows.length,
      engineLongestTurnCpuMs: cpuMs,
      enginePostsTwice: channels.length - new Set(channels).size,
      enginePostsMissing: rows.length - new Set(channels).size,
      enginePostsPerSecond: rows.length / seconds,
    };
  });
}

function atOnce(name: 'discord' | 'slack', channels: string[]): Bot {
  return {
    ...createFakeBot({ name, origin: 'http://127.0.0.1:9' }),
    prepare: () => Promise.resolve({ json: {}, files: [] }),
    async post({ channel }, _body, _key, mayLeave) {
      await new Promise((resolve) => setImmediate(resolve));
      if (mayLeave?.() === false) return { kind: 'not-sent', code: 'not-left' };
      channels.push(channel);
      return { kind: 'sent', messageId: channel };
    },
  };
}
