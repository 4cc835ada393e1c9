// Bodies of posts: rendered once for all subscriptions that show the same, frozen in the store before the first attempt.
import type { Card } from '../app/card.ts';
import type { Body, Bot } from '../bots/bot.ts';
import type { Bodies } from '../store/delivery/bodies.ts';
import type { DeliveryRow } from '../store/delivery/deliveries.ts';
import type { SubscriptionRow } from '../store/digests/subscriptions.ts';
import { specOf } from '../digests/subscription.ts';

/** What the clock asks to be rendered. `dueAt` in epoch ms, `zone` for local dates; `late`: it is posted more than 10 minutes after it was due. */
export type DigestOrder = {
  kind: string;
  platform: string;
  coins: readonly string[];
  currency: string;
  locale: string;
  zone: string;
  dueAt: number;
  late: boolean;
};

export type Render = (order: DigestOrder) => Promise<Card>;

/** Equal posts within this time share one rendering; prices do not move faster than they are polled. */
const SHARED_FOR_MS = 60_000;
/** A body that was never tried is rendered again when it is older than this. */
const FRESH_FOR_MS = 600_000;
const MOST_SHARED = 500;

/** A body with its id in the store. */
export type FrozenBody = { id: string; body: Body };

type Options = { bodies: Bodies; bots: ReadonlyMap<string, Bot>; render: Render; now: () => number; lateMs: number };

/** Returns the function that gives a row its body: the frozen one, once an attempt was made. Throws what rendering throws. */
export function createBodySource({
  bodies,
  bots,
  render,
  now,
  lateMs,
}: Options): (row: DeliveryRow, subscription: SubscriptionRow) => Promise<FrozenBody> {
  const shared = new Map<string, { at: number; drawn: Promise<FrozenBody> }>();

  async function draw(order: DigestOrder): Promise<FrozenBody> {
    const bot = bots.get(order.platform);
    if (bot === undefined) throw new Error(`no bot for ${order.platform}`);
    const body = await bot.prepare(await render(order));
    return { id: await bodies.store(JSON.stringify(body), now()), body };
  }

  function sharedDraw(order: DigestOrder): Promise<FrozenBody> {
    const key = JSON.stringify(order);
    const known = shared.get(key);
    if (known !== undefined && Math.abs(now() - known.at) < SHARED_FOR_MS) return known.drawn;
    const drawn = draw(order);
    shared.set(key, { at: now(), drawn });
    if (shared.size > MOST_SHARED) for (const oldest of shared.keys()) if (shared.delete(oldest)) break;
    drawn.catch(() => shared.delete(key));
    return drawn;
  }

  return async (row, subscription) => {
    const stored = row.body_id === null ? null : await bodies.load(row.body_id);
    const untried = row.first_attempt_at === null;
    if (row.body_id !== null && stored !== null && (!untried || now() - stored.at < FRESH_FOR_MS))
      return { id: row.body_id, body: JSON.parse(stored.json) as Body };
    const { coins, currency, locale } = specOf(subscription);
    const late = now() - row.due_at > lateMs;
    return await sharedDraw({
      kind: row.kind,
      platform: row.platform,
      coins,
      currency,
      locale,
      zone: subscription.zone,
      dueAt: row.due_at,
      late,
    });
  };
}
