// What scenes of trouble have in common: somebody who asks again and again while the clock moves.
import { MINUTE, tao } from '../scene.ts';
import type { Scene } from '../scene.ts';
import type { Quote } from '../../../src/market/market.ts';

/** Moves the clock by `everyMs` and asks for TAO, for `ms` altogether; the answers in order, each with its age at that moment. */
export async function askFor(scene: Scene, ms: number, options: { currency?: string; everyMs?: number } = {}) {
  const { currency = 'usd', everyMs = MINUTE } = options;
  const answers: (Quote & { checking: boolean; ageMs: number })[] = [];
  for (let passed = everyMs; passed <= ms; passed += everyMs) {
    scene.clock.now += everyMs;
    const quote = await tao(scene.market, currency);
    answers.push({ ...quote, ageMs: scene.clock.now + scene.clock.skewMs - quote.at });
  }
  return answers;
}

/** Minutes (from the first answer on) after which `test` holds for good; null when it does not hold at the end. */
export function minutesUntil<T>(answers: readonly T[], test: (answer: T) => boolean): number | null {
  const last = answers.findLastIndex((answer) => !test(answer));
  return last === answers.length - 1 ? null : last + 2;
}

/** Calls whose path ends with `ending` while `work` runs. */
export async function callsDuring(scene: Scene, ending: string, work: () => Promise<unknown>): Promise<number> {
  const before = scene.gecko.count(ending);
  await work();
  return scene.gecko.count(ending) - before;
}
