// Digests at scale: the idle tick and a busy minute with 50,000 subscriptions, a wave of posts to Discord under its limit, every zone against the oracle.
import { createTestEngine } from '../tests/fakes/digest-engine.ts';
import { planDue } from '../src/digests/schedule/plan-due.ts';
import { allZones } from '../src/digests/schedule/parse-zone.ts';
import { materialiseDue } from '../src/store/digests/due.ts';
import type { Database } from '../src/store/database.ts';
import { subscription } from '../tests/delivery/stage.ts';
import { mismatches } from '../tests/digests/schedule/zone-sweep.ts';
import { inTemporary } from './parts/database.ts';
import { DIGEST_CARD } from './parts/digest-card.ts';
import { openDiscord, quiet, sleep, waveFigures } from './parts/discord.ts';
import { MINUTE } from '../src/base/clock.ts';
import { isQuick } from './parts/quick.ts';

const SUBSCRIPTIONS = isQuick() ? 12_000 : 50_000;
const DUE = 10_000;
const POSTS = 1000;
const render = () => Promise.resolve(DIGEST_CARD);

/** Times in ms unless the name says otherwise. `DIGEST_ZONE_TIMES=48` sweeps all half hours (several minutes). */
export async function run(): Promise<Record<string, number>> {
  return { ...(await scale()), ...(isQuick() ? {} : { ...(await wave()), ...sweep() }) };
}

async function fill(
  database: Database,
  count: number,
  of: (index: number) => Partial<ReturnType<typeof subscription>>,
): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < count; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, count - from) }, (_, index) =>
      subscription(from + index, now, of(from + index)),
    );
    await database.sql.insertInto('subscription').values(rows).execute();
  }
}

/** 50,000 subscriptions of which 10,000 are due in the same minute, in twenty zones. */
async function scale(): Promise<Record<string, number>> {
  return await inTemporary(async (database) => {
    const now = Date.now();
    const later = { next_at: now + 10 * MINUTE, after_at: now };
    await fill(database, SUBSCRIPTIONS, (index) => (index < DUE ? {} : later));
    await database.sql
      .updateTable('subscription')
      .set({ next_at: now + 20 * MINUTE })
      .where('next_at', '<=', now)
      .execute();
    const engine = createTestEngine({
      database,
      bots: new Map(),
      render,
      now: Date.now,
      sleep,
      log: quiet,
      zoneData: () => 'test',
    });
    await engine.tick();
    const idle = await medianOf(200, () => engine.tick());
    const due = Math.floor(now / MINUTE) * MINUTE;
    await database.sql
      .updateTable('subscription')
      .set({ next_at: due, after_at: due - 1 })
      .where('next_at', '=', now + 20 * MINUTE)
      .execute();
    const started = performance.now();
    const plan = { now: Date.now(), restoredUntil: 0 };
    let handled = 0;
    for (let batch = 2000; batch === 2000; handled += batch)
      batch = await materialiseDue(database, plan.now, 2000, (rows) => planDue(rows, plan));
    const materialised = performance.now() - started;
    await engine.stop();
    return { idleTickMs: idle, dueHandled: handled, materialise10000Ms: materialised };
  });
}

async function medianOf(rounds: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** 1,000 digests of one minute through the real bot while people use commands. */
async function wave(): Promise<Record<string, number>> {
  return await inTemporary(async (database) => {
    const discord = await openDiscord(render);
    await fill(database, POSTS, (index) => ({ channel: String(710_000_000_000_001_000n + BigInt(index)) }));
    const engine = createTestEngine({
      database,
      bots: new Map([['discord', discord.bot]]),
      render,
      now: Date.now,
      sleep,
      log: quiet,
      zoneData: () => 'test',
    });
    const used = process.cpuUsage();
    discord.type();
    const sent = async () => (await engine.totals()).sent;
    for (let second = 0; second < 90 && (await sent()) < POSTS; second++)
      await Promise.all([sleep(1000), engine.tick()]);
    await engine.settled();
    const { user, system } = process.cpuUsage(used);
    const figures = waveFigures(await discord.report());
    await engine.stop();
    await discord.close();
    return { ...figures, waveCpuSeconds: (user + system) / 1e6 };
  });
}

function sweep(): Record<string, number> {
  const started = performance.now();
  const { checked, wrong } = mismatches(allZones(), {
    from: new Date().toISOString().slice(0, 10),
    days: 400,
    times: Number(process.env['DIGEST_ZONE_TIMES'] ?? 2),
  });
  for (const line of wrong) console.error(line);
  return {
    zoneTimesChecked: checked,
    zoneMismatches: wrong.length,
    zoneSweepSeconds: (performance.now() - started) / 1000,
  };
}
