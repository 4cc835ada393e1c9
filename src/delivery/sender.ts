// Works through what is due, queue by queue: claims a little, keeps a bounded number of posts under way, and gives back what it cannot finish.
import type { Log } from '../base/log.ts';
import type { Bot, SendRules } from '../bots/bot.ts';
import type { Deliveries, DeliveryRow, DeliveryQueue } from '../store/delivery/deliveries.ts';
import type { Lease } from '../store/delivery/leases.ts';
import { attempt } from './attempt/attempt.ts';
import type { AttemptTools } from './attempt/tools.ts';
import { type PlatformPauses, createPlatformPauses } from './limits/platform-pauses.ts';
import type { SenderLeases } from './sender-lease.ts';
import { createAdaptiveRate, type AdaptiveRate } from './limits/adaptive-rate.ts';

export type SenderOptions = Omit<AttemptTools, 'bot' | 'pauses'> & {
  bots: ReadonlyMap<string, Bot>;
  senderLeases: SenderLeases;
  deliveries: Deliveries;
  /** Called after a claim and before its first post: the high-water mark must be on disk by then. */
  beforeSending: (now: number) => Promise<void>;
  log: Log;
};

export type Sender = {
  /** Starts queues for whatever is due and returns at once. */
  kick(): Promise<void>;
  /** Waits until every queue is idle. */
  settled(): Promise<void>;
  /** Claims nothing more, waits for posts under way at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** How long a queue waits for new rows while its last posts are still under way. */
const LINGER_MS = 500;
/** A run begins with few posts under way: cold connections answer late, and their posts would arrive at the platform in one bunch. */
const FIRST_UNDER_WAY = 3;

export function createSender(options: SenderOptions): Sender {
  const { bots, senderLeases, deliveries, rules, now, sleep, log } = options;
  const queues = new Map<string, Promise<void>>();
  const rates = new Map<string, AdaptiveRate>();
  const pausesOf = new Map<string, PlatformPauses>();
  const underWay = new Set<string>();
  let stopping = false;

  function open(bot: Bot, lane: DeliveryQueue): void {
    const name = `${lane.platform}:${lane.tenant ?? '*'}`;
    if (queues.has(name) || stopping) return;
    const platform = bot.sendRules;
    const rate = rates.get(name) ?? createAdaptiveRate(platform, { now, sleep });
    rates.set(name, rate);
    const pauses = pausesOf.get(bot.name) ?? createPlatformPauses(bot.name, now, log);
    pausesOf.set(bot.name, pauses);
    const run = work(bot, lane, platform, rate, pauses)
      .catch((error: unknown) => log.error({ err: error, lane: name }, 'a queue of deliveries stopped'))
      .finally(() => queues.delete(name));
    queues.set(name, run);
  }

  async function work(
    bot: Bot,
    lane: DeliveryQueue,
    platform: SendRules,
    rate: AdaptiveRate,
    pauses: PlatformPauses,
  ): Promise<void> {
    const running = new Set<Promise<void>>();
    const queue: DeliveryRow[] = [];
    const tools: AttemptTools = { ...options, bot, pauses };
    const blocked = () => stopping || pauses.pausedUntil(lane.tenant) > 0 || rate.holdMs() > 0;
    let lease: Lease | null = null;
    let room = Math.min(FIRST_UNDER_WAY, platform.inFlight);
    try {
      while (!blocked()) {
        lease = await senderLeases.hold(bot.name);
        if (lease === null) break;
        if (queue.length === 0) queue.push(...(await claim(lane, lease, platform.claim)));
        const row = queue.shift();
        if (row === undefined && running.size === 0) break;
        if (row !== undefined) start(row, lease);
        if (row === undefined || running.size >= room)
          await Promise.race([...running, ...(row === undefined ? [sleep(LINGER_MS)] : [])]);
      }
    } finally {
      if (lease !== null) await giveBack(queue, lease);
      await Promise.all(running);
    }

    function start(row: DeliveryRow, held: Lease): void {
      if (underWay.has(row.id)) return; // its lease ended while the clock jumped: the post under way will settle it
      underWay.add(row.id);
      const task: Promise<void> = attempt(row, held, rate, tools)
        .catch((error: unknown) => log.error({ err: error, delivery: row.id }, 'a delivery could not be handled'))
        .finally(() => {
          running.delete(task);
          room = Math.min(platform.inFlight, room + 1);
          underWay.delete(row.id);
        });
      running.add(task);
    }
  }

  async function claim(lane: DeliveryQueue, lease: Lease, limit: number): Promise<DeliveryRow[]> {
    const rows = await deliveries.claim(lane, { lease, now: now(), leaseMs: rules.rowLeaseMs, limit });
    if (rows.length > 0) await options.beforeSending(now());
    return rows.toSorted((a, b) => a.priority - b.priority || a.shuffle - b.shuffle);
  }

  async function giveBack(queue: DeliveryRow[], lease: Lease): Promise<void> {
    for (const row of queue)
      await deliveries
        .change(row, lease, { state: row.doubt === 1 ? 'ambiguous' : 'pending', not_before: now() })
        .catch(() => false);
  }

  return {
    async kick() {
      for (const bot of bots.values()) {
        if (stopping || (await senderLeases.hold(bot.name)) === null) continue;
        if (!bot.sendRules.perTenant) open(bot, { platform: bot.name });
        else
          for (const tenant of await deliveries.tenantsDue(bot.name, now())) open(bot, { platform: bot.name, tenant });
      }
    },
    async settled() {
      while (queues.size > 0) await Promise.all(queues.values());
    },
    async stop(graceMs) {
      stopping = true;
      await Promise.race([Promise.all(queues.values()), sleep(graceMs)]);
    },
  };
}
