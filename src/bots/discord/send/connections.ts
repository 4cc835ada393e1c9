// At most so many connections to Discord: whoever comes beyond that waits in line for a moment, answers to people first.
import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import { NeverSentError } from '../outcomes.ts';

type MakeRequest = RESTOptions['makeRequest'];

/** `answers`: somebody looks at the screen; `others`: posts, look-ups, the gateway's address. */
export type Line = 'answers' | 'others';

export type Connections = {
  /** For the REST clients of the library: one request, its body read whole, within the bound. @throws NeverSentError when the wait was too long */
  request(line: Line): MakeRequest;
};

export type ConnectionsOptions = { most: number; sleep: (ms: number) => Promise<void> };

/** Longest wait in line, ms; less than the wait for an answer, so that what never left is not taken for perhaps done. */
const LONGEST_WAIT_MS = 8000;

export function createConnections({ most, sleep }: ConnectionsOptions): Connections {
  const waiting: Record<Line, Set<() => void>> = { answers: new Set(), others: new Set() };
  let busy = 0;

  function free(): void {
    busy--;
    const [line] = waiting.answers.size > 0 ? [waiting.answers] : [waiting.others];
    const [next] = line;
    if (next === undefined) return;
    line.delete(next);
    busy++;
    next();
  }

  async function slot(line: Line): Promise<void> {
    if (busy < most) return void busy++;
    const turn = Promise.withResolvers<true>();
    const wake = (): void => turn.resolve(true);
    waiting[line].add(wake);
    const late = sleep(LONGEST_WAIT_MS).then(() => waiting[line].delete(wake));
    const came = await Promise.race([turn.promise, late.then((gaveUp) => (gaveUp ? false : turn.promise))]);
    if (!came) throw new NeverSentError('busy');
  }

  return {
    request: (line) => async (url, init) => {
      await slot(line);
      try {
        if (init.signal?.aborted === true) throw new NeverSentError('busy');
        return await readWhole(await DefaultRestOptions.makeRequest(url, init));
      } finally {
        free();
      }
    },
  };
}

/** A body that nobody reads (of a 429) would keep its connection; Discord's bodies are small. */
async function readWhole(response: ResponseLike): Promise<ResponseLike> {
  const bytes = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers: [...headers] });
}
