// Our own price history: a reading every ten minutes, thinned as it ages, and the earlier prices that changes are measured against.
import { LRUCache } from 'lru-cache';
import { taoOf } from '../../../base/tao.ts';
import { DAY, HOUR, MINUTE } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import { registrationKey } from '../parts.ts';
import type { Past } from '../parts.ts';
import type { HistoryReading, HistoryRow, SubnetRange, SubnetsMemory } from '../port.ts';

export const SLOT_MS = 10 * MINUTE;
const SLOTS_PER_HOUR = HOUR / SLOT_MS;

/** How far from the wanted moment a reading may be to stand for it. */
const PAST = [
  { name: 'h24', agoMs: DAY, withinMs: 40 * MINUTE },
  { name: 'd7', agoMs: 7 * DAY, withinMs: 3 * HOUR },
  { name: 'd30', agoMs: 30 * DAY, withinMs: 8 * HOUR },
] as const;
/** Readings older than `afterMs` stay one per `keepSlots`: 90 days of 128 subnets are then a quarter of a million rows. */
const THINNING = [
  { afterMs: 31 * DAY, keepSlots: 6 * SLOTS_PER_HOUR },
  { afterMs: 8 * DAY, keepSlots: SLOTS_PER_HOUR },
] as const;
const KEPT_MS = 90 * DAY;
const FORGET_AT_ONCE = 12;
const SPAN_MS: Readonly<Record<SubnetRange, number>> = {
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': KEPT_MS,
};
/** More points than a chart has pixels for its line are of no use. */
const MOST_POINTS = 240;
/** Lines are read once per reading and not once per asker: the week of every subnet, and some more. A full one takes 5 MiB. */
const MOST_LINES = 256;

/** Epoch ms and TAO, oldest first. */
type Points = readonly (readonly [number, number])[];

type Registration = { netuid: number; registeredAt: number };

export type History = {
  /**
   * Writes the rows unless this slot of ten minutes has its reading; true when earlier prices may have changed. A time before that of the last
   * reading means that a node was ahead which is not believed any more: readings after this one are forgotten.
   */
  record(at: number, block: number, rows: readonly HistoryRow[]): Promise<boolean>;
  /** Earlier prices of everything as seen from `at`. */
  past(at: number): Promise<ReadonlyMap<string, Past>>;
  /** Prices in TAO of one registration up to `at`, at most 240 points. */
  series(netuid: number, registered: number, range: SubnetRange, at: number): Promise<Points>;
  readings(): Promise<readonly HistoryReading[]>;
};

/** A memory that fails costs history, never a price: it is logged, and the answers are empty. */
export function createHistory(options: { memory: SubnetsMemory; log?: Log }): History {
  const { memory, log } = options;
  const lines = new LRUCache<string, Promise<Points>>({ max: MOST_LINES });
  let lastSlot = -1;
  let thinnedSlot = -1;

  /** The line of a range as of a slot. */
  async function line(netuid: number, registered: number, range: SubnetRange, slot: number): Promise<Points> {
    const key = [registrationKey(netuid, registered), range, slot].join(' ');
    const known = lines.get(key);
    if (known !== undefined) return await known;
    const read = readLine({ netuid, registeredAt: registered }, slot, SPAN_MS[range] / SLOT_MS);
    lines.set(key, read);
    read.catch(() => lines.delete(key)); // the next asker tries again
    return await read;
  }

  /** At most MOST_POINTS, evenly in time; of a short history finer, so that a new subnet has a line, too. */
  async function readLine(registration: Registration, slot: number, slots: number): Promise<Points> {
    const stretch = { ...registration, fromSlot: slot - slots };
    const everySlots = Math.ceil(slots / MOST_POINTS);
    const coarse = await memory.series({ ...stretch, everySlots });
    const finer = Math.ceil((coarse.length * everySlots) / MOST_POINTS);
    const rows = finer > everySlots / 2 ? coarse : await memory.series({ ...stretch, everySlots: Math.max(1, finer) });
    return rows.map(({ at, priceRao }) => [at, taoOf(priceRao)] as const);
  }

  const guarded = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      log?.warn({ err: error }, 'subnet history is out of reach');
      return otherwise;
    }
  };

  async function forget(slots: readonly number[]): Promise<void> {
    for (let from = 0; from < slots.length; from += FORGET_AT_ONCE)
      await memory.forget(slots.slice(from, from + FORGET_AT_ONCE));
  }

  async function thin(slot: number): Promise<void> {
    if (slot - thinnedSlot < SLOTS_PER_HOUR) return;
    thinnedSlot = slot;
    await forget(slotsToForget(await memory.readings(), slot));
  }

  async function forgetAfter(slot: number): Promise<void> {
    const ahead = (await memory.readings()).filter((reading) => reading.slot > slot);
    await forget(ahead.map((reading) => reading.slot));
    thinnedSlot = -1;
  }

  async function write(at: number, block: number, rows: readonly HistoryRow[]): Promise<boolean> {
    const slot = Math.floor(at / SLOT_MS);
    if (slot === lastSlot || rows.length === 0) return false;
    if (slot < lastSlot) await forgetAfter(slot);
    await memory.record({ slot, at, block }, rows);
    lastSlot = slot;
    await thin(slot);
    return true;
  }

  async function findPast(at: number): Promise<ReadonlyMap<string, Past>> {
    const readings = await memory.readings();
    const found = new Map<string, { -readonly [K in keyof Past]: Past[K] }>();
    for (const { name, agoMs, withinMs } of PAST) {
      const reading = nearest(readings, at - agoMs, withinMs);
      for (const row of reading === null ? [] : await memory.rowsOf(reading.slot)) {
        const key = registrationKey(row.netuid, row.registeredAt);
        const past = found.get(key) ?? { h24: null, d7: null, d30: null, volume24hAgo: null };
        past[name] = row.priceRao;
        if (name === 'h24') past.volume24hAgo = row.volumeTao;
        found.set(key, past);
      }
    }
    return found;
  }

  return {
    record: (at, block, rows) => guarded(write(at, block, rows), false),
    past(at) {
      lines.clear(); // earlier prices came in
      return guarded(findPast(at), new Map());
    },
    async series(netuid, registered, range, at) {
      const points = await guarded(line(netuid, registered, range, Math.floor(at / SLOT_MS)), []);
      return points.filter(([time]) => time <= at && time >= at - SPAN_MS[range]);
    },
    readings: () => guarded(memory.readings(), []),
  };
}

/** The reading closest to `at`, if one is close enough. */
function nearest(readings: readonly HistoryReading[], at: number, withinMs: number): HistoryReading | null {
  let best: HistoryReading | null = null;
  for (const reading of readings)
    if (best === null || Math.abs(reading.at - at) < Math.abs(best.at - at)) best = reading;
  return best !== null && Math.abs(best.at - at) <= withinMs ? best : null;
}

/** Slots that are too old, or beyond the first of their hour (after 8 days) or of their six hours (after 31 days). */
export function slotsToForget(readings: readonly HistoryReading[], nowSlot: number): number[] {
  const kept = new Set<string>();
  return readings.flatMap(({ slot }) => {
    const ageMs = (nowSlot - slot) * SLOT_MS;
    if (ageMs > KEPT_MS) return [slot];
    const rule = THINNING.find(({ afterMs }) => ageMs > afterMs);
    if (rule === undefined) return [];
    const place = `${rule.keepSlots}:${Math.floor(slot / rule.keepSlots)}`;
    if (kept.has(place)) return [slot];
    kept.add(place);
    return [];
  });
}
