// Far more commands than one process can answer, for a minute, over both platforms: who is admitted is answered in time, and memory comes back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type FarEnds, openFarEnds } from '../parts/process/far-ends.ts';
import { type Program, startProgram } from '../parts/process/program.ts';
import type { TrafficReport } from '../parts/process/traffic.ts';
import { quantile } from '../parts/quantile.ts';
import { isQuick } from '../parts/quick.ts';

const PER_SECOND = 600;
const [SECONDS, CALM_SECONDS] = [60, 20];
const [OTHERS, ABUSE] = [30, 200];
/** After the load: memory has a minute to come back, and the second half of it to stand still. */
const BACK_MS = 60_000;
const MIB = 1024 * 1024;

/** Milliseconds, MiB and ratios. `abuser…`: p99 of thirty others a second beside one who asks 200 times, over theirs without. */
export async function run(): Promise<Record<string, number>> {
  if (isQuick()) return {}; // part of `turns` there
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-load-'));
  const ends = await openFarEnds();
  const program = await startProgram({ ...ends.settings, DATABASE_URL: `sqlite:${path.join(folder, 'load.db')}` });
  try {
    await ends.order('connected', null);
    await ends.order('traffic', { perSecond: OTHERS, seconds: 5 }); // warm
    return { ...(await abuse(ends)), ...(await overload(ends, program)) };
  } finally {
    await program.stop();
    ends.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calm before, between and after, so that a mood of the machine meets both. */
async function abuse(ends: FarEnds): Promise<Record<string, number>> {
  const calm: number[] = [];
  const rest = async () => {
    const { ackMs } = await ends.order('traffic', { perSecond: OTHERS, seconds: CALM_SECONDS });
    calm.push(...ackMs);
  };
  const beside = async (abusedPlatform: 'discord' | 'slack') => {
    const traffic = { perSecond: OTHERS, seconds: CALM_SECONDS, abuserPerSecond: ABUSE, abusedPlatform };
    const { ackMs } = await ends.order('traffic', traffic);
    return quantile(ackMs, 0.99);
  };
  await rest();
  const discord = await beside('discord');
  await rest();
  const slack = await beside('slack');
  await rest();
  const alone = quantile(calm, 0.99);
  return {
    calmAckP99Ms: alone,
    abuserDiscordRatio: discord / alone,
    abuserSlackRatio: slack / alone,
  };
}

async function overload(ends: FarEnds, program: Program): Promise<Record<string, number>> {
  const before = await program.sample();
  const report: TrafficReport = await ends.order('traffic', { perSecond: PER_SECOND, seconds: SECONDS });
  const at = await program.sample();
  await wait(BACK_MS / 2);
  const half = await program.sample();
  await wait(BACK_MS / 2);
  const after = await program.sample();
  return {
    sent: report.sent,
    sentPerSecond: report.sent / SECONDS,
    admittedShare: (report.sent - report.refused) / report.sent,
    /** What a whole processor would admit in a second, also where it is shared with others. */
    admittedPerProcessorSecond: (report.sent - report.refused) / (at.cpu - before.cpu),
    processorShare: (at.cpu - before.cpu) / SECONDS,
    ackP50Ms: quantile(report.ackMs, 0.5),
    ackP99Ms: quantile(report.ackMs, 0.99),
    generatorLateMs: report.lateMs,
    rssBeforeMiB: before.rss / MIB,
    rssAtEndMiB: at.rss / MIB,
    rssAfterMiB: after.rss / MIB,
    heapGrowthMiB: (after.heap - before.heap) / MIB,
    /** Memory that still grows half a minute after the last command. */
    rssStillGrowing: after.rss / half.rss,
    filesAfter: after.files - before.files,
  };
}
