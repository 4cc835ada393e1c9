// Works through what is due, queue by queue: claims a little, keeps a bounded number of posts under way, and gives back what it cannot finish.
import type { Bot } from '../bots/bot.ts';
import type { Deliveries, DeliveryRow } from '../store/delivery/deliveries.ts';
import type { Lease } from '../store/delivery/leases.ts';
import { asRequest } from '../base/log.ts';
import { attempt } from './attempt/attempt.ts';
import type { AttemptTools } from './attempt/tools.ts';
import { createClaims, type DeliveryQueue } from './queues/claims.ts';
import { type AdaptiveRate, createAdaptiveRate } from './limits/adaptive-rate.ts';
import { createPlatformPauses, type PlatformPauses } from './limits/platform-pauses.ts';
import { createRefusedBodies, type RefusedBodies } from './limits/refused-bodies.ts';
import type { SenderLeases } from './sender-lease.ts';
import { createTenantQueues, type TenantQueues } from './queues/tenant-queues.ts';

export type SenderOptions = Omit<AttemptTools, 'bot' | 'pauses' | 'refusedBodies'> & {
  bots: ReadonlyMap<string, Bot>;
  senderLeases: SenderLeases;
  deliveries: Deliveries;
  /** Called after a claim and before its first post: the high-water mark must be on disk by then. */
  beforeSending: (now: number) => Promise<void>;
  /** See `createOpenPlaces`; each platform asks for a function of its own. */
  loopUse: () => () => number | null;
};

export type Sender = {
  /** Starts to work on whatever is due and returns at once. */
  kick(): Promise<void>;
  /** Waits until all queues are idle. */
  settled(): Promise<void>;
  /** Claims nothing more, waits for posts under way at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

/** How long a queue waits for new rows while its last posts are still under way. */
const LINGER_MS = 500;
/** A run begins with few posts under way: cold connections answer late, and their posts would arrive at the platform in one bunch. */
const FIRST_UNDER_WAY = 3;

export function createSender(options: SenderOptions): Sender {
  const { bots, senderLeases, deliveries, rules, now, monotonic, sleep, log } = options;
  const claims = createClaims({ ...options, leaseMs: rules.rowLeaseMs });
  const running = new Map<string, Promise<void>>();
  const askedAgain = new Set<string>();
  const rates = new Map<string, AdaptiveRate>();
  const pausesOf = new Map<string, PlatformPauses>();
  const refusedOf = new Map<string, RefusedBodies>();
  const underWay = new Set<string>();
  const tenantQueues = new Map<string, TenantQueues>();
  let stopping = false;

  /** Works on a queue; whoever asks while somebody does has it looked through once more, as the last claim may have come before the new rows. */
  async function serve(bot: Bot, queue: DeliveryQueue): Promise<void> {
    const name = `${queue.platform}:${queue.tenant ?? '*'}`;
    if (running.has(name)) askedAgain.add(name);
    if (running.has(name) || stopping) return;
    const rate = rates.get(name) ?? createAdaptiveRate(bot.sendRules, { monotonic, sleep });
    rates.set(name, rate);
    const pauses = pausesOf.get(bot.name) ?? createPlatformPauses(bot.name, monotonic, log);
    pausesOf.set(bot.name, pauses);
    const refusedBodies = refusedOf.get(bot.name) ?? createRefusedBodies(bot.name, monotonic, log);
    refusedOf.set(bot.name, refusedBodies);
    const run = workThrough(name, () => work(queue, rate, { ...options, bot, pauses, refusedBodies }))
      .catch((error: unknown) => log.error({ err: error, queue: name }, 'a queue of deliveries stopped'))
      .finally(() => running.delete(name));
    running.set(name, run);
    await run;
  }

  async function workThrough(name: string, once: () => Promise<void>): Promise<void> {
    const wanted = () => askedAgain.has(name) && !stopping;
    do {
      askedAgain.delete(name);
      await once();
    } while (wanted());
  }

  function tenantsOf(bot: Bot): TenantQueues {
    const known = tenantQueues.get(bot.name);
    if (known !== undefined) return known;
    const queues = createTenantQueues({
      due: async (most, except) =>
        stopping ? [] : await deliveries.tenantsDue(bot.name, { now: now(), most, except }),
      work: (tenant) => serve(bot, { platform: bot.name, tenant }),
      loopUse: options.loopUse(),
      onError: (error) => log.error({ err: error, platform: bot.name }, 'the next queues could not be opened'),
    });
    tenantQueues.set(bot.name, queues);
    return queues;
  }

  async function work(queue: DeliveryQueue, rate: AdaptiveRate, tools: AttemptTools): Promise<void> {
    const { bot, pauses } = tools;
    const { inFlight, claim: most } = bot.sendRules;
    const posts = new Set<Promise<void>>();
    const claimed: DeliveryRow[] = [];
    const blocked = () => stopping || pauses.pausedMs(queue.tenant) > 0 || rate.holdMs() > 0;
    let lease: Lease | null = null;
    let room = Math.min(FIRST_UNDER_WAY, inFlight);
    try {
      while (!blocked()) {
        lease = await senderLeases.hold(bot.name);
        if (lease === null) break;
        if (claimed.length === 0) claimed.push(...(await claims.claim(queue, lease, most)));
        const row = claimed.shift();
        if (row === undefined && posts.size === 0) break;
        if (row !== undefined) start(row, lease);
        if (row === undefined || posts.size >= room)
          await Promise.race([...posts, ...(row === undefined ? [sleep(LINGER_MS)] : [])]);
      }
    } finally {
      if (lease !== null) await giveBack(claimed, lease);
      await Promise.all(posts);
    }

    function start(row: DeliveryRow, held: Lease): void {
      if (underWay.has(row.id)) return; // its lease ended while the clock jumped: the post under way will settle it
      underWay.add(row.id);
      const post: Promise<void> = asRequest(() => attempt(row, held, rate, tools))
        .catch((error: unknown) => log.error({ err: error, delivery: row.id }, 'a delivery could not be handled'))
        .finally(() => {
          posts.delete(post);
          room = Math.min(inFlight, room + 1);
          underWay.delete(row.id);
        });
      posts.add(post);
    }
  }

  async function giveBack(rows: readonly DeliveryRow[], lease: Lease): Promise<void> {
    for (const row of rows)
      await deliveries
        .change(row, lease, { state: row.doubt === 1 ? 'ambiguous' : 'pending', not_before: now() })
        .catch(() => false);
  }

  return {
    async kick() {
      for (const bot of bots.values()) {
        if (stopping || (await senderLeases.hold(bot.name)) === null) continue;
        if (bot.sendRules.perTenant) await tenantsOf(bot).fill();
        else void serve(bot, { platform: bot.name });
      }
    },
    async settled() {
      while (running.size > 0) {
        await Promise.all(running.values());
        for (const queues of tenantQueues.values()) await queues.settled();
      }
    },
    async stop(graceMs) {
      stopping = true;
      await Promise.race([Promise.all(running.values()), sleep(graceMs)]);
    },
  };
}
