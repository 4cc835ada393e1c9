// How many tenants may be worked on at once: few at first, more while the event loop has time to spare, few again while it is busy.
// All whose answers have come are handled in one turn of the loop, so the number of places bounds how long people's commands wait behind posts.

/** Cold connections answer in one bunch; and a loop that is busy gets through no more posts with more of them. */
const FEWEST = 16;
/** So many at once keep a platform busy whose answers take a second; all at once would keep everything else waiting. */
export const MOST_PLACES = 64;
/** Share of its time that the loop was busy from which on there are fewer places. */
const BUSY = 0.8;

export type OpenPlaces = {
  /** How many there are now. */
  count(): number;
  /** A tenant is through: one place more, or half of them when the loop is busy. */
  through(): void;
  /** Nobody is being worked on: the next ones begin with few places again. */
  rest(): void;
};

/** @param loopUse share of the last tenth of a second that the event loop was busy (0 to 1), null while that is not over */
export function createOpenPlaces(loopUse: () => number | null): OpenPlaces {
  let places = FEWEST;
  return {
    count: () => places,
    through() {
      const use = loopUse();
      if (use !== null && use > BUSY) places = Math.max(FEWEST, Math.floor(places / 2));
      else places = Math.min(MOST_PLACES, places + 1);
    },
    rest: () => void (places = FEWEST),
  };
}
