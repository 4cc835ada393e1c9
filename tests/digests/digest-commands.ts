// The digest commands through the real core: a channel that types and presses, a bot that posts into a list, a clock that the test owns.
import { afterAll, beforeAll } from 'vitest';
import { encodeInvocation } from '../../src/app/control-id.ts';
import { type Button, type Card } from '../../src/app/card.ts';
import type { Request } from '../../src/app/command.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { createDispatch } from '../../src/app/dispatch.ts';
import { readText } from '../../src/app/reader/read.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { createTestEngine, type TestEngine } from '../fakes/digest-engine.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

export type Who = {
  canManage?: boolean;
  tenant?: string;
  channel?: string;
  id?: string;
  platform?: Request['platform'];
  via?: Request['via'];
  manages?: (channel: string) => Promise<boolean>;
};

export const buttons = (card: Card): Button[] =>
  card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

/** One core, engine and clock for the tests of a file. */
export function openDigestCommands() {
  const posted: { channel: string; text: string }[] = [];
  const removed: string[] = [];
  const stage = {
    clock: Date.parse('2026-11-22T10:00:00Z'),
    core: undefined as unknown as TestCore,
    engine: undefined as unknown as TestEngine,
  };

  const bot: Bot = {
    name: 'discord',
    sendRules: DISCORD_SEND_RULES,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    health: () => ({ connected: true, detail: '' }),
    prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
    post: (target, body) =>
      Promise.resolve({
        kind: 'sent',
        messageId: `m${posted.push({ channel: target.channel, text: String(body.json) })}`,
      }),
    find: () => Promise.resolve({ kind: 'cannot-see' }),
    remove: (_target, id) => Promise.resolve(void removed.push(id)),
  };

  beforeAll(async () => {
    stage.core = await openTestCore({ now: () => stage.clock });
    stage.engine = createTestEngine({
      database: stage.core.database,
      bots: new Map([['discord', bot]]),
      render: (order) => digestCard(order, stage.core.services, stage.clock),
      now: () => stage.clock,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
      log: stage.core.log,
    });
    stage.core.services.digests = stage.engine.digests;
  });
  afterAll(async () => {
    await stage.engine.stop();
    await stage.core.close();
  });

  async function say(text: string, who: Who = {}): Promise<Card> {
    return await ask(readText(text, COMMANDS, vocabularyOf(stage.core.services)), who);
  }

  async function ask(
    request: Pick<Request, 'command' | 'args'>,
    {
      canManage = true,
      tenant = 'guild1',
      channel = '111111',
      id = String(Math.random()),
      platform = 'discord',
      via = 'command',
      manages,
    }: Who = {},
  ): Promise<Card> {
    const dispatch = createDispatch({
      commands: COMMANDS,
      services: stage.core.services,
      log: stage.core.log,
      now: () => stage.clock,
      monotonic: () => stage.clock,
    });
    return await dispatch({
      platform,
      ...request,
      user: { id, canManage, ...(manages === undefined ? {} : { manages }) },
      place: { tenant, channel },
      locale: 'en',
      via,
    });
  }

  async function create(text: string, who: Who = {}): Promise<string> {
    const draft = await say(`/digest create ${text}`, who);
    const confirm = buttons(draft).find((button) => button.label === 'Start');
    if (confirm === undefined) throw new Error(plainText(draft));
    encodeInvocation(confirm.invocation); // throws when no platform could carry it
    return plainText(await ask(confirm.invocation, { ...who, via: 'control' }));
  }

  return Object.assign(stage, { posted, removed, say, ask, create });
}
