// Bodies of posts: rendered once for all deliveries that show the same, frozen in the store before the first attempt.
import type { Body, Bot } from '../bots/bot.ts';
import type { Bodies } from '../store/delivery/bodies.ts';
import type { DeliveryRow } from '../store/delivery/tables.ts';
import type { Content, Owner } from './port.ts';

/** Equal posts within this time share one rendering; prices do not move faster than they are polled. */
const SHARED_FOR_MS = 60_000;
/** A body that was never tried is rendered again when it is older than this. */
const FRESH_FOR_MS = 600_000;
const MOST_SHARED = 500;

/** A body with its id in the store. */
export type FrozenBody = { id: string; body: Body };

type Options = { bodies: Bodies; bots: ReadonlyMap<string, Bot>; now: () => number; lateMs: number };

/** Returns the function that gives a row its body: the frozen one, once an attempt was made. Throws what rendering throws. */
export function createBodySource({
  bodies,
  bots,
  now,
  lateMs,
}: Options): (row: DeliveryRow, owner: Owner) => Promise<FrozenBody> {
  const shared = new Map<string, { at: number; drawn: Promise<FrozenBody> }>();

  async function draw(platform: string, content: Content): Promise<FrozenBody> {
    const bot = bots.get(platform);
    if (bot === undefined) throw new Error(`no bot for ${platform}`);
    const body = await bot.prepare(await content.card());
    return { id: await bodies.store(JSON.stringify(body), now()), body };
  }

  function sharedDraw({ kind, platform }: DeliveryRow, content: Content): Promise<FrozenBody> {
    const key = JSON.stringify([kind, platform, content.key]);
    const known = shared.get(key);
    if (known !== undefined && Math.abs(now() - known.at) < SHARED_FOR_MS) return known.drawn;
    const drawn = draw(platform, content);
    shared.set(key, { at: now(), drawn });
    if (shared.size > MOST_SHARED) for (const oldest of shared.keys()) if (shared.delete(oldest)) break;
    drawn.catch(() => shared.delete(key));
    return drawn;
  }

  return async (row, owner) => {
    const stored = row.body_id === null ? null : await bodies.load(row.body_id);
    const untried = row.first_attempt_at === null;
    if (row.body_id !== null && stored !== null && (!untried || now() - stored.at < FRESH_FOR_MS))
      return { id: row.body_id, body: JSON.parse(stored.json) as Body };
    return await sharedDraw(row, owner.content(now() - row.due_at > lateMs));
  };
}
