// Looks at every active alert whenever a new value is known, and writes down what came true together with the message that tells it.
import { setImmediate as turn } from 'node:timers/promises';
import { DAY, MINUTE } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { AlertMarkRow, AlertRow, AlertStore } from '../store/alerts/alerts.ts';
import { SET_ASIDE } from './alert-row.ts';
import { createConfirmation } from './condition/confirmed.ts';
import { type Change, changeOf, isAboutPrice, stepOf } from './condition/crossing.ts';
import { readBelieved } from './condition/marks.ts';
import type { Observation, Sources } from './condition/observations.ts';
import { readings } from './condition/readings.ts';
import { createWatchedAlerts, type Watched, type WatchedGroup } from './watched-alerts.ts';

export type AlertWatch = {
  /**
   * One look: reads changes of alerts, asks for values, writes what follows. One at a time; never throws. `onMessages` is told, again and again
   * while the look goes on, that messages were written.
   */
  look(onMessages?: () => void): Promise<void>;
  /** An alert was added or changed by this process, or removed (null). */
  changed(id: string, row: AlertRow | null): void;
  /** What was seen when an alert was made: later values are compared with it. */
  seen(key: string, observation: Observation): void;
  /** Readings of watched targets that wait for confirmation. */
  doubts(): AlertDoubts;
};

/** How many targets are in doubt, and the age of the oldest doubt in ms (0 without any). */
export type AlertDoubts = { open: number; oldestMs: number };

export type AlertWatchOptions = {
  store: AlertStore;
  sources: Sources;
  /** Earlier values of a coin since a moment, oldest first, for what came true while nobody looked; empty when they cannot be had. */
  pastPrices: (coinId: string, currency: string, since: number) => Promise<readonly (readonly [number, number])[]>;
  now: () => number;
  log: Log;
};

/** Changes by other processes are read so often, with an overlap for clocks that differ. */
const RELOAD_MS = 15_000;
const OVERLAP_MS = 2 * MINUTE;
/** Rows read in one turn of the event loop: two milliseconds, and room beside it for a collection of garbage. */
const PAGE = 50;
/** The same time for what was last believed of a target. */
const MARKS_PAGE = 500;
/** Alerts looked at before others get their turn, and changes written in one transaction. */
const SLICE = 500;
const BATCH = 10;
/** Of one reading for an alert that others change at the same time. */
const MOST_TRIES = 3;
const MARK_EVERY_MS = MINUTE;
/** After a silence longer than this the values in between are looked at, too; beyond a day they are not. */
const GAP_MS = 3 * MINUTE;
const LONGEST_GAP_MS = DAY;

export function createAlertWatch({ store, sources, pastPrices, now, log }: AlertWatchOptions): AlertWatch {
  const watched = createWatchedAlerts();
  const confirmation = createConfirmation({ now, log });
  const marks = new Map<string, number>();
  let unsaved = new Map<string, Observation>();
  let savedAt = 0;
  let loadedAt: number | null = null;
  let round = 0;
  let running: Promise<void> | null = null;
  let messagesWritten = (): void => undefined;

  /** All alerts at first, later those that changed; deleted ones are found by their missing row when something is written. */
  async function reload(at: number): Promise<void> {
    if (loadedAt !== null && Math.abs(at - loadedAt) < RELOAD_MS) return;
    let since = loadedAt === null ? 0 : Math.min(loadedAt, at) - OVERLAP_MS; // the clock may have gone back
    for (let afterId = ''; ;) {
      const rows = await store.changedSince(since, afterId, PAGE);
      for (const row of rows) if (!watched.isKnown(row)) watched.set(row.id, row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      [since, afterId] = [last.changed_at, last.id];
      await turn();
    }
    if (loadedAt === null) await readMarks();
    loadedAt = at;
  }

  async function readMarks(): Promise<void> {
    for (let after = ''; ;) {
      const page = await store.marks(after, MARKS_PAGE);
      for (const row of page) readMark(row);
      const last = page.at(-1);
      if (last === undefined || page.length < MARKS_PAGE) return;
      after = last.target;
      await turn();
    }
  }

  /** One that cannot be read is as none. */
  function readMark({ target, at, json }: AlertMarkRow): void {
    const believed = readBelieved(json);
    if (believed === null) return log.warn({ detail: target }, 'what was last believed of a price cannot be read');
    confirmation.begin(target, { at, ...believed });
    marks.set(target, at);
  }

  /** So that a row which cannot be read is said once, and its owner hears of it. */
  async function setDamagedAside(at: number): Promise<void> {
    for (const row of watched.damaged.values()) {
      const applied = await store.apply([{ row, patch: SET_ASIDE }], at);
      if (applied.has(row.id)) log.error({ alert: row.id }, 'a stored alert cannot be read: it is set aside');
      watched.set(row.id, applied.has(row.id) ? null : await store.get(row.id));
    }
  }

  async function once(): Promise<void> {
    const at = now();
    await reload(at);
    await setDamagedAside(at);
    if (watched.groups.size === 0) return;
    for await (const found of readings([...watched.groups.values()], sources, { now, turn: round++ }))
      await take(found);
    await saveMarks(at);
  }

  async function take(found: ReadonlyMap<string, Observation>): Promise<void> {
    let since = 0;
    for (const [key, seen] of found) {
      const group = watched.groups.get(key);
      const observation = group === undefined ? null : confirmation.take(key, seen);
      if (group === undefined || observation === null) continue;
      since += group.alerts.size;
      if (since >= SLICE) await turn();
      if (since >= SLICE) since = 0;
      await judgeAll(key, group, observation);
      marks.set(key, observation.at);
      unsaved.set(key, observation);
    }
  }

  /** What could not be written down is judged again by the next look: this reading may be the only one that crosses. */
  async function judgeAll(key: string, group: WatchedGroup, observation: Observation): Promise<void> {
    try {
      await catchUp(key, group, observation);
      await judge([...group.alerts], observation);
    } catch (error) {
      confirmation.takeBack();
      throw error;
    }
  }

  async function saveMarks(at: number): Promise<void> {
    if (Math.abs(at - savedAt) < MARK_EVERY_MS) return;
    const saving = [...unsaved];
    [unsaved, savedAt] = [new Map(), at];
    await store.setMarks(
      saving.map(([target, { at: seenAt, price, source, changes }]) => ({
        target,
        at: seenAt,
        json: JSON.stringify({ price, source, changes }),
      })),
    );
  }

  /** Prices of the time when nobody looked, in order; what came true too long ago is noted, not told. */
  async function catchUp(key: string, { target, currency, alerts }: WatchedGroup, newest: Observation): Promise<void> {
    const mark = marks.get(key);
    if (mark === undefined || target.kind !== 'coin') return;
    if (newest.at - mark <= GAP_MS || newest.at - mark > LONGEST_GAP_MS) return;
    const prices = await pastPrices(target.id, currency, mark);
    for (const [at, price] of prices.filter(([moment]) => moment > mark && moment < newest.at)) {
      const priced = [...alerts].filter(({ condition, createdAt }) => isAboutPrice(condition) && createdAt < at);
      await judge(priced, { ...newest, at, price });
    }
  }

  async function judge(alerts: readonly Watched[], observation: Observation): Promise<void> {
    for (let from = 0; from < alerts.length; from += SLICE) {
      if (from > 0) await turn();
      await judgeSlice(alerts.slice(from, from + SLICE), observation);
    }
  }

  /** An alert that was changed elsewhere meanwhile is looked at again as it is now: this reading may be the only one that crosses. */
  async function judgeSlice(alerts: readonly Watched[], observation: Observation, tries = 0): Promise<void> {
    const changes = alerts.flatMap((alert) => changeOf(alert, observation, now()) ?? []);
    const again: string[] = [];
    for (let batch = 0; batch < changes.length; batch += BATCH)
      again.push(...(await write(changes.slice(batch, batch + BATCH))));
    if (again.length === 0 || tries === MOST_TRIES) return;
    const fresh = again.flatMap((id) => watched.get(id) ?? []);
    await judgeSlice(fresh, observation, tries + 1);
  }

  /** @returns ids of alerts that were changed elsewhere, which are known as they are now */
  async function write(changes: readonly Change[]): Promise<string[]> {
    const at = now();
    const steps = changes.map((change) => stepOf(change, at));
    const applied = await store.apply(steps, at);
    if (steps.some(({ delivery }) => delivery !== undefined)) messagesWritten();
    const elsewhere: string[] = [];
    for (const [index, { alert, memory }] of changes.entries()) {
      const { id, version } = alert;
      const { patch } = steps[index] ?? {};
      if (!applied.has(id)) {
        watched.set(id, await store.get(id));
        elsewhere.push(id);
      } else if (watched.get(id)?.version !== version) continue;
      else if (patch?.status === 'done') watched.set(id, null);
      else
        watched.replace({
          ...alert,
          memory,
          version: version + 1,
          crossings: patch?.crossings ?? alert.crossings,
          crossedAt: patch?.crossed_at ?? alert.crossedAt,
        });
    }
    await turn();
    return elsewhere;
  }

  return {
    changed: watched.set,
    seen: confirmation.begin,
    doubts() {
      const begun = confirmation.doubtsBegun(watched.groups.keys());
      return { open: begun.length, oldestMs: begun.length === 0 ? 0 : Math.max(0, now() - Math.min(...begun)) };
    },
    look(onMessages) {
      messagesWritten = onMessages ?? messagesWritten;
      running ??= once()
        .catch((error: unknown) => log.warn({ err: error }, 'alerts could not be looked at'))
        .finally(() => {
          running = null;
        });
      return running;
    },
  };
}
