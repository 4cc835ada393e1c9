// Processes on one database that look at alerts and send them at the same time, in a world whose clock can be wrong.
import { ENGINE_RULES } from '../../src/delivery/limits/send-rules.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTestEngine } from '../fakes/digest-engine.ts';
import { createFakeBot, startFakePlatform } from '../fakes/platform.ts';
import { openRoom, type Saying } from './room.ts';

const MOST_ROUNDS = 20;
/** PostgreSQL counts the lease of a sender in real time, of which a slow machine takes much while the test's clock stands still. */
const PATIENT = { ...ENGINE_RULES, senderLeaseMs: 600_000 };

/** `start`: the true time at first (epoch ms). Posts carry the true time, the processes see theirs. */
export async function openProcesses(url: string, { count, start }: { count: number; start: number }) {
  let [time, offset] = [start, 0];
  const said = new Map<string, Saying>();
  const now = () => time + offset;
  const platform = await startFakePlatform({ keyWindowMs: 120_000, history: true, now: () => time });

  async function open() {
    const database = await openDatabase(url);
    const room = openRoom(database, { now, said: (key) => said.get(key) });
    const bot = createFakeBot({
      name: 'discord',
      origin: platform.origin,
      timeoutMs: 10_000,
      sendRules: DISCORD_SEND_RULES,
    });
    const engine = createTestEngine({
      database,
      bots: new Map([['discord', bot]]),
      kinds: [room.kindOf],
      render: () => Promise.reject(new Error('no digests here')),
      now,
      sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 20_000)).unref()),
      monotonic: () => time, // it knows nothing of the wall clock
      rules: PATIENT,
    });
    const close = async (): Promise<void> => {
      await engine.stop();
      await bot.stop();
      await database.close();
    };
    return { database, room, engine, close };
  }
  let processes = await Promise.all(Array.from({ length: count }, () => open()));
  const beat = async () =>
    await Promise.all(
      processes.map(async ({ room, engine }) => {
        await room.look();
        await engine.tick();
        await engine.settled();
        await room.look();
      }),
    );
  const isBusy = async (): Promise<boolean> => {
    const rows = processes[0]?.database.sql
      .selectFrom('delivery')
      .select('id')
      .where('not_before', '<=', now())
      .limit(1);
    return (await rows?.executeTakeFirst()) !== undefined;
  };
  return {
    platform,
    alerts: () => {
      const [first] = processes;
      if (first === undefined) throw new Error('no process');
      return first.room.alerts;
    },
    /** All look and send at once until nothing is due. `wrongBy`: how far their clocks are from the true time (ms). */
    async at(moment: number, wrongBy: number, saying: Saying): Promise<void> {
      [time, offset] = [moment, wrongBy];
      said.set('bittensor usd', saying);
      await beat();
      for (let round = 0; round < MOST_ROUNDS && (await isBusy()); round++) await beat();
    },
    /** All end at once, and as many begin. */
    async restart(): Promise<void> {
      await Promise.all(processes.map((one) => one.close()));
      processes = await Promise.all(Array.from({ length: count }, () => open()));
    },
    async close(): Promise<void> {
      await Promise.all(processes.map((one) => one.close()));
      await platform.close();
    },
  };
}
