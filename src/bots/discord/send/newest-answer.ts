// One message, several answers: somebody presses twice, a picture comes late. Only the newest answer may change what the message shows.
import { LRUCache } from 'lru-cache';

/** `message`: what identifies the message; `order`: the id of the event that the answer belongs to, later events have larger ones. */
export type AnswerTurn = { message: string; order: bigint };

export type NewestAnswer = {
  /** Changes the message unless a newer answer did or is about to; changes of one message go out one after another. */
  write<T>(turn: AnswerTurn, change: () => Promise<T>, worked: (result: T) => boolean): Promise<T | 'outdated'>;
  /** True while a change of the message is under way: another one would have to wait for it. */
  busy(message: string): boolean;
};

/** Interactions can change their message for 15 minutes; so many messages are remembered. */
const MOST_MESSAGES = 20_000;

type State = { newest: bigint; underWay: number; last: Promise<unknown> };

export function createNewestAnswer(): NewestAnswer {
  const states = new LRUCache<string, State>({ max: MOST_MESSAGES });
  const stateOf = (message: string): State => {
    const known = states.get(message) ?? { newest: -1n, underWay: 0, last: Promise.resolve() };
    states.set(message, known);
    return known;
  };
  return {
    busy: (message) => (states.get(message)?.underWay ?? 0) > 0,
    async write({ message, order }, change, worked) {
      const state = stateOf(message);
      if (order < state.newest) return 'outdated';
      const before = state.newest;
      state.newest = order;
      state.underWay++;
      const run = state.last.then(async () => {
        if (order < state.newest) return 'outdated';
        const result = await change();
        if (!worked(result) && state.newest === order) state.newest = before; // it shows what it showed before
        return result;
      });
      state.last = run.catch(() => undefined).finally(() => state.underWay--);
      return await run;
    },
  };
}
