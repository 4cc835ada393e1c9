// The FAQ search without its price while nobody asks: built in pieces by the first question, let go of when none came for a while.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { ownTurn, type Pieces } from '../../base/turns.ts';
import type { FaqEntry } from '../../content/schema.ts';
import { forgetStems } from '../language/stem.ts';
import { FAQ_MODEL_FILE, faqModelInPieces } from '../model-file.ts';
import { type FaqSearch, faqSearchInPieces } from '../search.ts';

const unpack = promisify(zstdDecompress);

/** A bot that is asked now and then keeps it: building takes a third of a second of the processor. */
const IDLE_MS = 600_000;

/** `ask` and `complete` are right at any time; unless `prepare` went before, they build what is missing in the same turn. */
export type FaqOnDemand = FaqSearch & {
  /**
   * Builds the search piece by piece, a few milliseconds in a turn of the event loop; the file is read and unpacked beside it. Whoever calls
   * it meanwhile waits for the same one. Once it is built, it is there at once. @throws ContentError when the model's file is absent or damaged
   */
  prepare(): Promise<FaqSearch>;
};

/**
 * Nothing is read before the first question: the model takes 20 MiB and a third of a second.
 * @param options.file another model; `idleMs`: how long it is kept after the last use; `onChange`: told when it is there, with how long that
 * took (ms), and when it is let go of
 */
export function createFaqOnDemand(
  entries: () => Iterable<FaqEntry>,
  {
    file = FAQ_MODEL_FILE,
    idleMs = IDLE_MS,
    onChange,
  }: { file?: URL; idleMs?: number; onChange?: (what: 'ready' | 'let go', ms: number) => void } = {},
): FaqOnDemand {
  let search: FaqSearch | null = null;
  let building: Pieces<FaqSearch> | null = null;
  let preparing: Promise<void> | null = null;
  let begunAt = 0;
  let idle: NodeJS.Timeout | undefined;

  /** One piece more. What breaks is begun anew by whoever asks next. */
  function step(unpacked?: Uint8Array): void {
    if (search !== null) return;
    if (building === null) begunAt = performance.now();
    building ??= (function* () {
      return yield* faqSearchInPieces(entries(), yield* faqModelInPieces(file, unpacked));
    })();
    try {
      const { done, value } = building.next();
      if (done !== true) return;
      search = value;
      building = null;
      onChange?.('ready', performance.now() - begunAt);
    } catch (error) {
      building = null;
      throw error;
    }
  }

  function built(): FaqSearch {
    while (search === null) step();
    clearTimeout(idle);
    idle = setTimeout(letGo, idleMs).unref();
    return search;
  }

  function letGo(): void {
    search = null;
    forgetStems();
    onChange?.('let go', 0);
  }

  async function buildInTurns(): Promise<void> {
    const unpacked = await readFile(file)
      .then(unpack)
      .catch(() => undefined); // what is wrong is said by the first piece
    while (search === null) {
      await ownTurn();
      step(unpacked);
    }
  }

  return {
    ask: (text, previous) => built().ask(text, previous),
    complete: (prefix, limit) => built().complete(prefix, limit),
    async prepare() {
      if (search === null) await (preparing ??= buildInTurns().finally(() => (preparing = null)));
      return built();
    },
  };
}
