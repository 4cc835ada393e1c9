// A fixed piece of work that needs nothing of ours: what it takes says how fast this machine is at the moment, so that figures can be ratios.

const ROWS = Array.from({ length: 400 }, (_, at) => ({
  id: `coin-${at}`,
  name: `Coin ${at} of ${at % 7}`,
  price: at * 1.37,
  tags: ['chain', 'token', `t${at % 13}`],
}));
const TEXT = ROWS.map(({ name, tags }) => `${name} costs; ${tags.join(', ')}`).join('. ');
const WORD = /[\p{L}\p{N}]+/gu;
const MARKS = /\s*[;,.]\s+/g;

/** JSON there and back, words counted in a map, patterns over text, a sort: what answering a command is made of. @returns a number that depends on all of it */
function work(): number {
  const rows = JSON.parse(JSON.stringify(ROWS)) as typeof ROWS;
  const counts = new Map<string, number>();
  for (const word of TEXT.toLowerCase().match(WORD) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  const pieces = TEXT.replace(MARKS, '|').split('|');
  const order = rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ price }) => price.toFixed(2));
  return counts.size + pieces.length + order.join(' ').length;
}

/** How often it is done for one figure. */
const TIMES = 5;
let kept = 0;

/** Ms of one piece of work; some 1.5 ms on the machine of the figures in docs/performance.md. Call it a few times before it counts. */
export function referenceMs(): number {
  const started = performance.now();
  for (let round = 0; round < TIMES; round++) kept += work();
  return (performance.now() - started) / TIMES + (kept < 0 ? 1 : 0); // what is never used may never be done
}

/** The median of some rounds, after some that do not count. */
export function machineMs(rounds = 10): number {
  for (let round = 0; round < 5; round++) referenceMs();
  return Array.from({ length: rounds }, referenceMs).sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
}
