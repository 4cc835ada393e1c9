// One message, several answers: somebody presses twice, a picture comes late. Only the newest answer may change what the message shows.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';

/** `message`: what identifies the message; `order`: the id of the event that the answer belongs to, later events have larger ones. */
export type AnswerTurn = { message: string; order: bigint };

export type NewestAnswer = {
  /**
   * Changes the message unless a newer answer did; one that is about to goes first, and if it fails this one follows. Changes of one message go
   * out one after another.
   */
  write<T>(turn: AnswerTurn, change: () => Promise<T>, worked: (result: T) => boolean): Promise<T | 'outdated'>;
  /** True while a change of the message is under way: another one would have to wait for it. */
  busy(message: string): boolean;
};

/** Interactions can change their message for 15 minutes; so many messages are remembered. */
const MOST_MESSAGES = 20_000;

/** `shown`: the answer that the message shows; `newest`: the latest one that is shown or about to be. */
type State = { shown: bigint; newest: bigint; underWay: number; last: Promise<unknown> };

export function createNewestAnswer(): NewestAnswer {
  const states = new LRUCache<string, State>(atMost(MOST_MESSAGES));
  const stateOf = (message: string): State => {
    const known = states.get(message) ?? { shown: -1n, newest: -1n, underWay: 0, last: Promise.resolve() };
    states.set(message, known);
    return known;
  };

  async function write<T>(
    turn: AnswerTurn,
    change: () => Promise<T>,
    worked: (result: T) => boolean,
  ): Promise<T | 'outdated'> {
    const { message, order } = turn;
    const state = stateOf(message);
    if (order < state.shown) return 'outdated';
    if (order > state.newest) state.newest = order;
    state.underWay++;
    const run = state.last.then(async (): Promise<T | 'outdated' | 'later'> => {
      if (order < state.shown) return 'outdated';
      if (order < state.newest) return 'later';
      try {
        const result = await change();
        if (worked(result)) state.shown = order;
        return result;
      } finally {
        if (state.newest === order) state.newest = state.shown; // it shows what it showed before, or this
      }
    });
    state.last = run.catch(() => undefined).finally(() => state.underWay--);
    const result = await run;
    return result === 'later' ? await write(turn, change, worked) : result;
  }
  return { busy: (message) => (states.get(message)?.underWay ?? 0) > 0, write };
}
