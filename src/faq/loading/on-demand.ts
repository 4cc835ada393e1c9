// The FAQ search without its price while nobody asks: loaded and built in pieces by the first question, let go of when none came for a while.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { loadInTurns } from '../../base/loading/late-modules.ts';
import { ownTurn } from '../../base/turns.ts';
import type { FaqEntry } from '../../content/schema.ts';
import type { FaqSearch } from '../search.ts';

const unpack = promisify(zstdDecompress);

/** A bot that is asked now and then keeps it: building takes half a second of the processor. */
const IDLE_MS = 600_000;

/** Before what uses them, the slow ones first. */
const LIBRARIES = [
  () => import('snowball-stemmers'),
  () => import('minisearch'),
  () => import('../language/stem.ts'),
  () => import('../classifier.ts'),
  () => import('../model-file.ts'),
  () => import('../search.ts'),
];

export type FaqOnDemand = {
  /**
   * The search, for one question: it is built piece by piece, a few milliseconds in a turn of the event loop, while its file is read and
   * unpacked beside it. Whoever calls meanwhile waits for the same one; once it is built, it is there at once. What breaks is begun anew by
   * whoever asks next. @throws ContentError when the model's file is absent or damaged
   */
  prepare(): Promise<FaqSearch>;
};

/**
 * Nothing is read or even loaded before the first question: the model takes 20 MiB, and its libraries some more.
 * @param options.file another model; `idleMs`: how long it is kept after the last use; `onChange`: told when it is there, with how long that
 * took (ms), and when it is let go of
 */
export function createFaqOnDemand(
  entries: () => Iterable<FaqEntry>,
  {
    file,
    idleMs = IDLE_MS,
    onChange,
  }: { file?: URL; idleMs?: number; onChange?: (what: 'ready' | 'let go', ms: number) => void } = {},
): FaqOnDemand {
  let search: FaqSearch | null = null;
  let building: Promise<void> | null = null;
  let idle: NodeJS.Timeout | undefined;

  async function build(): Promise<void> {
    await loadInTurns(LIBRARIES);
    const [{ FAQ_MODEL_FILE, faqModelInPieces }, { faqSearchInPieces }, { forgetStems }] = await Promise.all([
      import('../model-file.ts'),
      import('../search.ts'),
      import('../language/stem.ts'),
    ]);
    const begunAt = performance.now();
    const model = file ?? FAQ_MODEL_FILE;
    const unpacked = await readFile(model)
      .then(unpack)
      .catch(() => undefined); // what is wrong is said by the first piece
    const pieces = (function* () {
      return yield* faqSearchInPieces(entries(), yield* faqModelInPieces(model, unpacked));
    })();
    for (;;) {
      await ownTurn();
      const { done, value } = pieces.next();
      if (done !== true) continue;
      search = value;
      onChange?.('ready', performance.now() - begunAt);
      clearTimeout(idle);
      idle = setTimeout(() => {
        search = null;
        forgetStems();
        onChange?.('let go', 0);
      }, idleMs).unref();
      return;
    }
  }

  return {
    async prepare() {
      while (search === null) await (building ??= build().finally(() => (building = null)));
      idle?.refresh();
      return search;
    },
  };
}
