// The FAQ search without its price at the start: built in pieces once it is calm, or all at once by a question that comes before.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { ownTurn, type Pieces } from '../../base/turns.ts';
import type { FaqEntry } from '../../content/schema.ts';
import { FAQ_MODEL_FILE, faqModelInPieces } from '../model-file.ts';
import { type FaqSearch, faqSearchInPieces } from '../search.ts';

const unpack = promisify(zstdDecompress);

export type FaqOnDemand = FaqSearch & {
  /**
   * Builds the search piece by piece, a few milliseconds in a turn of the event loop; the file is read and unpacked beside it. Whoever is going to
   * ask waits for it; who does not has the rest built at once. @throws ContentError when the model's file is absent or damaged
   */
  prepare(): Promise<FaqSearch>;
};

/** Nothing is read before the first question or `prepare`: the model takes 20 MiB and a third of a second. `file`: another model. */
export function createFaqOnDemand(entries: () => Iterable<FaqEntry>, file: URL = FAQ_MODEL_FILE): FaqOnDemand {
  let search: FaqSearch | null = null;
  let building: Pieces<FaqSearch> | null = null;
  let preparing: Promise<FaqSearch> | null = null;

  /** One piece more. What breaks is begun anew by whoever asks next. */
  function step(unpacked?: Uint8Array): void {
    if (search !== null) return;
    building ??= (function* () {
      return yield* faqSearchInPieces(entries(), yield* faqModelInPieces(file, unpacked));
    })();
    try {
      const { done, value } = building.next();
      if (done !== true) return;
      search = value;
      building = null;
    } catch (error) {
      building = null;
      throw error;
    }
  }

  async function inPieces(): Promise<FaqSearch> {
    const unpacked = await readFile(file)
      .then(unpack)
      .catch(() => undefined); // what is wrong is said by the first piece
    while (search === null) {
      await ownTurn();
      step(unpacked);
    }
    return search;
  }

  function built(): FaqSearch {
    while (search === null) step();
    return search;
  }

  return {
    ask: (text, previous) => built().ask(text, previous),
    complete: (prefix, limit) => built().complete(prefix, limit),
    prepare: async () => search ?? (await (preparing ??= inPieces().finally(() => (preparing = null)))),
  };
}
