// What happens to the processes of the simulation: they are killed, stopped, and started again.
import type { Process } from './processes.ts';
import type { Random } from './random.ts';

/** Kills, stops and restarts: at any point of a process. */
export function harm(
  processes: Process[],
  start: () => Process,
  random: Random,
  counts: { kills: number; stands: number },
): void {
  for (const [index, { life }] of processes.entries()) {
    if (!life.alive() && random.chance(0.5)) processes[index] = start();
    else if (life.standing() && random.chance(0.1)) life.goOn();
    else if (!life.standing() && random.chance(0.06)) {
      counts.stands++;
      life.standAfter(random.between(0, 30));
    } else if (random.chance(0.03)) {
      counts.kills++;
      if (random.chance(0.2)) life.kill();
      else life.killAfter(random.between(1, 60));
    }
  }
}

/** Nothing happens to anybody any more. */
export function calm(processes: Process[], start: () => Process): void {
  for (const [index, { life }] of processes.entries()) {
    life.spare();
    if (!life.alive()) processes[index] = start();
  }
}
