// One process of the simulation: it can stop for a while, and be killed at any statement, wait, request or answer; the world goes on without it.

/**
 * Where a process is: before a statement gets its connection, before it is run, after it was run; at the end of a wait; before a request leaves;
 * when an answer has come.
 */
export type Point = 'connect' | 'before' | 'after' | 'wait' | 'leave' | 'arrive';

export type Life = {
  /** Passes while the process runs, waits while it stands still, never returns once it is dead. */
  pass(point: Exclude<Point, 'before' | 'after'>): Promise<void>;
  /** The same of a statement, whose connection others wait for: nobody stands still with it. @throws Error once the process is dead */
  passStatement(point: 'before' | 'after'): void;
  alive(): boolean;
  standing(): boolean;
  /** Stands still at the point after so many more, until `goOn`. */
  standAfter(points: number): void;
  goOn(): void;
  kill(): void;
  /** Kills it at the point after so many more. */
  killAfter(points: number): void;
  /** Nothing happens to it any more; if it stands still, it goes on. */
  spare(): void;
};

/** Each time another one: a promise that outlives the seed would hold all that ever waited for it. */
const never = (): Promise<never> => new Promise(() => undefined);

/** A process that is stopped between its last look at the clock and the bytes of a request would send them however late: no program can know. */
const STANDS_AT = new Set<Point>(['connect', 'wait', 'arrive']);

/** `told` hears of each death and stop, and of the point where it came. */
export function createLife(told: (what: 'killed' | 'stopped', where: Point) => void): Life {
  let dead = false;
  let waiting: (() => void)[] | null = null;
  let untilStand: number | null = null;
  let untilDeath: number | null = null;

  function count(point: Point): void {
    if (dead) return;
    if (untilDeath !== null && --untilDeath < 0) {
      dead = true;
      told('killed', point);
    } else if (untilStand !== null && --untilStand < 0 && STANDS_AT.has(point)) {
      untilStand = null;
      waiting ??= [];
      told('stopped', point);
    }
  }

  /** Whoever was let go and is stopped again before it ran waits once more. */
  async function resumed(): Promise<void> {
    const held = waiting;
    if (held === null || dead) return;
    await new Promise<void>((resolve) => void held.push(resolve));
    await resumed();
  }

  const life: Life = {
    async pass(point) {
      count(point);
      await resumed();
      if (dead) await never();
    },
    passStatement(point) {
      count(point);
      if (dead) throw new Error('the process is dead');
    },
    alive: () => !dead,
    standing: () => waiting !== null,
    standAfter: (points) => void (untilStand = points),
    goOn() {
      const held = waiting ?? [];
      [waiting, untilStand] = [null, null];
      for (const go of held) go();
    },
    kill: () => void (dead = true),
    killAfter: (points) => void (untilDeath = points),
    spare() {
      untilDeath = null;
      life.goOn();
    },
  };
  return life;
}
