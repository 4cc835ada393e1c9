// `npm run faq-report`: hit rates by kind of wording, the worst confusions, and what members asked in vain (`-- <DATABASE_URL>` for another database than data/taobot.db).
import { existsSync } from 'node:fs';
import { createFaqSearch } from '../src/faq/search.ts';
import { loadContent } from '../src/content/load.ts';
import { AppError } from '../src/base/errors.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFeedback } from '../src/store/feedback/feedback.ts';
import { CONTENT_FOLDER } from './data.ts';
import type { Scored } from './score.ts';
import { give, judge, readQuestions, summarise } from './score.ts';

const search = createFaqSearch(loadContent(CONTENT_FOLDER).faq.values());
const results = readQuestions('dev').map((item) => judge(item, give(search, item.query)));

function percent(part: number): string {
  return `${(part * 100).toFixed(0)}%`.padStart(5);
}

function printKinds(): void {
  console.log('kind                 n  right  wrong missed  first  in 3');
  for (const [kind, members] of Map.groupBy(results, ({ item }) => `${item.type}/${item.kind}`)) {
    const score = summarise(members);
    const right = (score.correct + score.refused) / score.n;
    const shares = [right, score.wrong / score.n, score.missed / score.n, score.top1, score.recall3];
    const isOutside = members[0]?.item.type !== 'answerable';
    const cells = shares.map((part, at) => (at > 2 && isOutside ? '    –' : percent(part)));
    console.log(`${kind.padEnd(24).slice(0, 24)}${String(score.n).padStart(4)}  ${cells.join('  ')}`);
  }
}

/** Pairs (wanted, got first) by how often they happen. */
function printConfusions(): void {
  const pair = ({ item, given }: Scored) => `${item.accept.join(' or ') || 'nothing'} → ${given.top[0] ?? 'nothing'}`;
  const mistaken = results.filter(({ item, given, verdict }) =>
    item.type === 'oos' ? verdict === 'wrong' : !item.accept.includes(given.top[0] ?? ''),
  );
  console.log('\nwanted → got first (how often, how sure at most, an example)');
  const pairs = [...Map.groupBy(mistaken, pair)].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [name, members] of pairs.slice(0, 25)) {
    const surest = Math.max(...members.map(({ given }) => given.confidence));
    console.log(
      `${members.length}× ${surest.toFixed(2)}  ${name}  ${JSON.stringify(members[0]?.item.query.slice(0, 90))}`,
    );
  }
}

/** The questions that members asked in vain, from the bot's database when there is one. `url` as in DATABASE_URL. */
async function printGaps(url: string): Promise<void> {
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) {
    console.log(`\nno database at ${url}, so no gaps: npm run faq-report -- <DATABASE_URL> reads another one`);
    return;
  }
  const database = await openDatabase(url, { called: 'the word behind faq-report' });
  try {
    const gaps = await createFeedback(database, () => Date.now()).gapsOfAll(40);
    console.log(gaps.length === 0 ? '\nno gaps recorded' : '\nasked in vain (how often, normalised text)');
    for (const { question, count } of gaps) console.log(`${count}× ${question}`);
  } finally {
    await database.close();
  }
}

console.log(JSON.stringify(summarise(results)));
printKinds();
printConfusions();
await printGaps(process.argv[2] ?? 'sqlite:./data/taobot.db').catch((error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
