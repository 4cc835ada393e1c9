// Who is drawn next: chats before digests before the web, each with a bounded lane, so that visitors of a page never delay a chat.

/** Where a picture is wanted. A chat waits a few seconds, a digest is posted when it is ready, a page loads its pictures late. */
export type Lane = 'chat' | 'digest' | 'web';

const ORDER: readonly Lane[] = ['chat', 'digest', 'web'];
/** A picture takes about a tenth of a second; whoever stands further back would have gone before the turn comes. */
const MOST_WAITING: Readonly<Record<Lane, number>> = { chat: 60, digest: 60, web: 30 };

export type DrawingQueue<T> = {
  /** False when the lane is full. */
  add(item: T, lane: Lane): boolean;
  /** The next in turn, undefined when nobody waits. */
  take(): T | undefined;
  /** Moves one that waits to a faster lane, which may then hold one too many: it is wanted there, too. */
  hurry(item: T, lane: Lane): void;
  /** False when it does not wait any more. */
  remove(item: T): boolean;
  size(): number;
};

export function createDrawingQueue<T>(): DrawingQueue<T> {
  const lanes: Readonly<Record<Lane, T[]>> = { chat: [], digest: [], web: [] };
  const laneOf = (item: T): Lane | undefined => ORDER.find((lane) => lanes[lane].includes(item));
  const remove = (item: T): boolean => {
    const lane = laneOf(item);
    if (lane !== undefined) lanes[lane].splice(lanes[lane].indexOf(item), 1);
    return lane !== undefined;
  };
  return {
    add(item, lane) {
      if (lanes[lane].length >= MOST_WAITING[lane]) return false;
      lanes[lane].push(item);
      return true;
    },
    take() {
      const lane = ORDER.find((one) => lanes[one].length > 0);
      return lane === undefined ? undefined : lanes[lane].shift();
    },
    hurry(item, lane) {
      const present = laneOf(item);
      if (present === undefined || ORDER.indexOf(lane) >= ORDER.indexOf(present)) return;
      remove(item);
      lanes[lane].push(item);
    },
    remove,
    size: () => ORDER.reduce((sum, lane) => sum + lanes[lane].length, 0),
  };
}
