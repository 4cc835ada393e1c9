// Alerts on the delivery engine over the fake platform, with prices by script and a clock of the test's own.
import type { AlertWish, Asker } from '../../src/alerts/alerts.ts';
import type { SubnetSnapshot } from '../../src/chain/subnets/port.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSampleSubnets } from '../../src/sample/subnets.ts';
import { openVirtual, type Virtual } from '../digests/virtual.ts';
import { sqliteFile } from '../delivery/stage.ts';
import type { PlatformOptions } from '../fakes/platform.ts';
import { openRoom, type Saying, type TestRoom } from './room.ts';

export const START = Date.parse('2026-11-22T08:00:00Z');

export const ASKER: Asker = { platform: 'discord', tenant: 't1', channel: 'c1', userId: 'u1' };

export function wish(change: Partial<AlertWish> = {}): AlertWish {
  return {
    target: { kind: 'coin', id: 'bittensor' },
    label: 'TAO',
    currency: 'usd',
    condition: { kind: 'above', price: 300 },
    repeat: 'once',
    channel: null,
    days: 30,
    locale: 'en',
    ...change,
  };
}

export type AlertStage = Awaited<ReturnType<typeof openAlertStage>>;

/** `instances`: processes on one database, each with its own alerts and engine; they act in turn. */
export async function openAlertStage(options: { platform?: Partial<PlatformOptions>; instances?: number } = {}) {
  const { url, remove } = sqliteFile();
  const database = await openDatabase(url);
  const said = new Map<string, Saying>();
  const past: [number, number][] = [];
  let snapshot: SubnetSnapshot | null = null;
  let issuance = 11_550_000n * 1_000_000_000n;
  let silent = false;
  let now = START;
  const room = () =>
    openRoom(database, {
      now: () => now,
      said: (key) => (silent ? undefined : said.get(key)),
      snapshot: () => snapshot,
      issuanceRao: () => issuance,
      past,
    });

  let rooms = Array.from({ length: options.instances ?? 1 }, () => room());
  const virtual: Virtual = await openVirtual({
    url,
    now: START,
    ...(options.platform === undefined ? {} : { platform: options.platform }),
    engine: { kinds: rooms.slice(0, 1).map(({ kindOf }) => kindOf) },
  });
  const stage = {
    virtual,
    database,
    get alerts() {
      const [first] = rooms;
      if (first === undefined) throw new Error('no instance');
      return first.alerts;
    },
    /** A channel or a whole server is gone. @returns how many alerts end */
    retire: async (...gone: Parameters<TestRoom['retire']>) => (await rooms[0]?.retire(...gone)) ?? 0,
    said,
    past,
    /** Time passes and everything that follows from it is done: all instances look, what is due is posted. */
    async at(moment: number): Promise<void> {
      now = moment;
      for (const one of rooms) await one.look();
      await virtual.at(moment);
      for (const one of rooms) await one.look();
    },
    /** A price at a moment, and everything that follows. */
    async price(moment: number, saying: Saying | number, id = 'bittensor', currency = 'usd'): Promise<void> {
      said.set(`${id} ${currency}`, typeof saying === 'number' ? { price: saying } : saying);
      await stage.at(moment);
    },
    subnets(change: (snapshot: SubnetSnapshot) => SubnetSnapshot): void {
      snapshot = change(snapshot ?? sample);
      snapshot = { ...snapshot, blockAt: now };
    },
    issue(tao: number): void {
      issuance = BigInt(tao) * 1_000_000_000n;
    },
    silence(on: boolean): void {
      silent = on;
    },
    /** The process ends and another one begins on the same database. */
    async restart(): Promise<void> {
      rooms = rooms.map(() => room());
      await virtual.restart({ kinds: rooms.slice(0, 1).map(({ kindOf }) => kindOf) });
    },
    /** Whom the messages call, in the order in which they were drawn up. */
    mentions: () => rooms.flatMap(({ mentions }) => mentions),
    texts: (): string[] => virtual.platform.posts.map(({ text }) => text),
    channels: (): string[] => virtual.platform.posts.map(({ channel }) => channel),
    async close(): Promise<void> {
      await virtual.close();
      await database.close();
      remove();
    },
  };
  const first = await createSampleSubnets(() => Date.UTC(2026, 8, 18, 12)).snapshot();
  if (first.snapshot === null) throw new Error('no sample');
  const sample = first.snapshot;
  return stage;
}
