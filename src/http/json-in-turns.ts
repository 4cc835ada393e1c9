// Reads JSON text; the rows of a long array a slice in a turn, so that nobody waits for the whole: two hundred weeks of prices take five milliseconds.
import { ownTurn } from '../base/turns.ts';

/** Characters that are read in a turn: a fifth of a millisecond, ten times that before the loop is compiled. */
const SLICE = 20_000;

/** The value of a JSON text, as `JSON.parse` has it; undefined for text that is not JSON. `slice`: characters in a turn (tests). */
export async function parseInTurns(text: string, slice = SLICE): Promise<unknown> {
  if (text.length > slice) await ownTurn();
  return (text.length > slice ? await rowsOf(text, slice) : null) ?? parsed(text);
}

/** The rows of the array that the text is; null when it is none, or has none: what `JSON.parse` makes of the whole decides then. */
async function rowsOf(text: string, slice: number): Promise<unknown[] | null> {
  const rows: unknown[] = [];
  for (const piece of piecesOf(text, slice)) {
    // As many rows as there are commas between them: each piece is an array, so all pieces together are one.
    const read = piece === null ? undefined : parsed(`[${piece.text}]`);
    if (!Array.isArray(read) || read.length !== piece?.rows) return null;
    for (const row of read) rows.push(row);
    await ownTurn();
  }
  return rows;
}

const [QUOTE, ESCAPE, COMMA] = [0x22, 0x5c, 0x2c];
/** JSON knows four kinds of white space. */
const BLACK = /[^ \t\r\n]/u;
const [OPEN, CLOSE, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** The array cut between its rows into pieces of about `slice` characters; null where it turns out to be no array. */
function* piecesOf(text: string, slice: number): Generator<{ text: string; rows: number } | null> {
  const start = text.search(BLACK);
  if (text.charCodeAt(start) !== OPEN) return yield null;
  let [from, rows, depth] = [start + 1, 1, 0];
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN || code === OPEN_OBJECT) depth++;
    else if (depth > 0) depth -= code === CLOSE || code === CLOSE_OBJECT ? 1 : 0;
    else if (code === CLOSE || code === CLOSE_OBJECT) {
      const whole = code === CLOSE && text.slice(at + 1).search(BLACK) < 0;
      return yield whole ? { text: text.slice(from, at), rows } : null;
    } else if (code === COMMA && at - from < slice) rows++;
    else if (code === COMMA) {
      yield { text: text.slice(from, at), rows };
      [from, rows] = [at + 1, 1];
    }
  }
  return yield null; // its end is missing
}

/** Where the string that begins here ends. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === ESCAPE ? 2 : 1;
  return at;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
