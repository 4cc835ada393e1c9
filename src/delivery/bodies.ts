// Bodies of posts: rendered once for all deliveries that show the same, frozen in the store with the mark of the first attempt.
import { LRUCache } from 'lru-cache';
import { ownTurn } from '../base/turns.ts';
import type { Log } from '../base/log.ts';
import type { Body, Bot } from '../bots/bot.ts';
import { type Bodies, bodyIdOf, type TiedBody } from '../store/delivery/bodies.ts';
import type { DeliveryRow } from '../store/delivery/tables.ts';
import type { Content, Owner } from './port.ts';

/** Equal posts within this time share one rendering; prices do not move faster than they are polled. */
const SHARED_FOR_MS = 60_000;
/** A body that was never tried is rendered again when it is older than this. */
const FRESH_FOR_MS = 600_000;
const MOST_SHARED = 500;

/** `content`: the same for posts that show the same. */
export type FrozenBody = TiedBody & { content: string; body: Body };

function bodyIn(json: string): Body | null {
  try {
    const body: unknown = JSON.parse(json);
    return typeof body === 'object' ? (body as Body | null) : null;
  } catch {
    return null;
  }
}

/** The database did not give a body, which says nothing about the card. `cause` is its error. */
export class BodyStoreError extends Error {
  constructor(cause: unknown) {
    super('the body of a post cannot be read', { cause });
  }
}

export type BodySource = {
  /**
   * The frozen body of a row once an attempt was made, else a fresh one.
   * @throws BodyStoreError, or what rendering throws
   */
  of(row: DeliveryRow, owner: Owner): Promise<FrozenBody>;
  /** Drops renderings whose minute is over: pictures are large. Called every tick. */
  forgetOld(): void;
  /** How many renderings are kept. */
  kept(): number;
};

type Options = {
  bodies: Pick<Bodies, 'load'>;
  bots: ReadonlyMap<string, Bot>;
  now: () => number;
  monotonic: () => number;
  lateMs: number;
  log?: Log;
};

export function createBodySource({ bodies, bots, now, monotonic, lateMs, log }: Options): BodySource {
  const shared = new LRUCache<string, { at: number; drawn: Promise<FrozenBody> }>({ max: MOST_SHARED });
  const isOld = (at: number) => monotonic() - at >= SHARED_FOR_MS;

  async function draw(platform: string, key: string, content: Content): Promise<FrozenBody> {
    const bot = bots.get(platform);
    if (bot === undefined) throw new Error(`no bot for ${platform}`);
    await ownTurn(); // many contents are due in the same second, and each takes milliseconds
    const body = await bot.prepare(await content.card());
    const json = () => JSON.stringify(body); // pictures are large: the text is made again where it is stored
    return { id: bodyIdOf(json()), json, content: key, body };
  }

  /** What cannot be rendered is kept as well: others that show the same fail at once. */
  function sharedDraw({ kind, platform }: DeliveryRow, content: Content): Promise<FrozenBody> {
    const key = JSON.stringify([kind, platform, content.key]);
    const known = shared.get(key);
    if (known !== undefined && !isOld(known.at)) return known.drawn;
    const drawn = draw(platform, key, content);
    shared.set(key, { at: monotonic(), drawn });
    return drawn;
  }

  const load = (id: string) =>
    bodies.load(id).catch((error: unknown) => {
      throw new BodyStoreError(error);
    });

  return {
    async of(row, owner) {
      const stored = row.body_id === null ? null : await load(row.body_id);
      const untried = row.first_attempt_at === null;
      if (row.body_id !== null && stored !== null && (!untried || Math.abs(now() - stored.at) < FRESH_FOR_MS)) {
        const body = bodyIn(stored.json);
        if (body !== null) return { id: row.body_id, json: null, content: row.body_id, body };
        // Perhaps it was posted: only the same bytes again are no second post.
        if (row.doubt === 1) throw new Error('the stored body of a post is damaged');
        log?.warn({ delivery: row.id }, 'the stored body of a post is damaged: it is drawn up again');
      }
      return await sharedDraw(row, owner.content(now() - row.due_at > lateMs));
    },
    forgetOld() {
      for (const [key, { at }] of shared.entries()) if (isOld(at)) shared.delete(key);
    },
    kept: () => shared.size,
  };
}
