// The subnet market against fake nodes of one world, on a real database, with a clock that only the test moves.
import { setTimeout as pause } from 'node:timers/promises';
import { createRpc } from '../../../src/chain/rpc/rpc.ts';
import type { Subnet, Subnets, SubnetSnapshot } from '../../../src/chain/subnets/port.ts';
import { createSubnets } from '../../../src/chain/subnets/subnets.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createSubnetsMemory } from '../../../src/store/subnets/snapshots.ts';
import { createWorld, FIRST_AT } from '../../fakes/subtensor/subtensor-world.ts';
import type { World } from '../../fakes/subtensor/subtensor-world.ts';
import { startFakeNode } from '../../fakes/subtensor/subtensor-node.ts';
import type { FakeNode } from '../../fakes/subtensor/subtensor-node.ts';
import { MINUTE } from '../../../src/base/clock.ts';

/** Wall and steady time; sleepers wake when `advance` passes their moment. */
export function createClock() {
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const clock = {
    now: FIRST_AT + 5_000,
    up: 1_000,
    advance(ms: number): void {
      clock.now += ms;
      clock.up += ms;
      for (const sleeper of sleepers) if (sleeper.at <= clock.up) sleeper.wake();
    },
    sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        const sleeper = { at: clock.up + ms, wake: () => end() };
        const end = (): void => {
          sleepers.delete(sleeper);
          resolve();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', end, { once: true });
        if (signal?.aborted === true) end();
      }),
    /** Lets time pass in steps, with the network working between them, until `done`. */
    async until(done: () => boolean | Promise<boolean>, stepMs = 1_000, mostSteps = 20_000): Promise<void> {
      for (let step = 0; step < mostSteps; step++) {
        if (await done()) return;
        await pause(1);
        clock.advance(stepMs);
      }
      throw new Error('did not happen');
    },
  };
  return clock;
}

export type Line = { level: 'info' | 'warn' | 'debug' | 'error'; message: string; fields: Record<string, unknown> };

export async function openScene(options: { nodes?: number; archive?: boolean } = {}) {
  const clock = createClock();
  const now = (): number => clock.now;
  const truth = (): number => FIRST_AT + 5_000 + clock.up - 1_000; // the chain does not care about the clock of this machine
  const world = createWorld({ now: truth });
  const nodes: FakeNode[] = [];
  for (let index = 0; index < (options.nodes ?? 1); index++) nodes.push(await startFakeNode(world, { now: truth }));
  const archive = options.archive === true ? await startFakeNode(world, { now: truth }) : null;
  if (archive !== null) archive.keeps = Infinity;
  const database = await openDatabase('sqlite::memory:');
  const memory = createSubnetsMemory(database);
  const lines: Line[] = [];
  const write = (level: Line['level']) => (fields: object, message: string) =>
    void lines.push({ level, message, fields: { ...fields } });
  const log = { info: write('info'), warn: write('warn'), debug: write('debug'), error: write('error') };
  const opened: Subnets[] = [];
  const open = (urls = nodes.map((node) => node.url)): Subnets => {
    const rpc = createRpc({ urls, archiveUrl: archive?.url ?? null, now, uptime: () => clock.up, log });
    const subnets = createSubnets({ rpc, memory, now, sleep: clock.sleep, log });
    opened.push(subnets);
    return subnets;
  };
  const subnets = open();
  return {
    clock,
    world,
    /** Another chain on the same time. */
    otherWorld: (fork: string): World => createWorld({ now: truth, fork }),
    nodes,
    node: nodes[0] as FakeNode,
    archive,
    database,
    memory,
    lines,
    subnets,
    /** Another process on the same memory. */
    reopen: open,
    /** Lines of a message at level warn or info. */
    told: (message: string) => lines.filter((line) => line.message === message && line.level !== 'debug'),
    /** The snapshot after `ms` more. */
    async after(ms = 0, from = subnets): Promise<SubnetSnapshot> {
      clock.advance(ms);
      return taken(from);
    },
    /** The snapshot after so many minutes, with a reading in each. */
    async minutes(count: number): Promise<SubnetSnapshot> {
      for (let minute = 1; minute < count; minute++) {
        clock.advance(MINUTE);
        await subnets.snapshot();
      }
      clock.advance(MINUTE);
      return taken(subnets);
    },
    async close() {
      await Promise.all(opened.map((one) => one.close()));
      await Promise.all([...nodes, ...(archive === null ? [] : [archive])].map((node) => node.close()));
      await database.close();
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function taken(subnets: Subnets): Promise<SubnetSnapshot> {
  const result = await subnets.snapshot();
  if (result.snapshot === null) throw new Error(result.reason);
  return result.snapshot;
}

export function subnetOf(snapshot: SubnetSnapshot, netuid: number): Subnet {
  const found = snapshot.subnets.find((subnet) => subnet.netuid === netuid);
  if (found === undefined) throw new Error(`no subnet ${netuid}`);
  return found;
}
