// The mode "forget": what is stored about one person, or one server or workspace, is shown and removed; for requests that reach the operator.
import { existsSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { closedBecause } from '../../store/move.ts';
import { forgetPlace } from '../../store/privacy/forget-place.ts';
import { createPersonalData } from '../../store/privacy/personal-data.ts';

export type ForgetOptions = {
  databaseUrl: string;
  /** After the mode: whom, and "--yes". */
  words: readonly string[];
  write: (text: string) => void;
};

const USAGE = `Usage: npm run forget -- person discord <user id> [--yes]
       npm run forget -- person slack <user id> <workspace id> [--yes]
       npm run forget -- place discord <server id> [--yes]
       npm run forget -- place slack <workspace id> [--yes]
Ids of Discord have 15 to 20 digits; in Slack people begin with U or W, workspaces with T, organisations with E.`;
/** https://docs.discord.com/developers/reference#snowflakes, and the ids of Slack, which begin with the letter of their kind. */
const IDS: Readonly<Record<string, { person: RegExp; place: RegExp }>> = {
  discord: { person: /^\d{15,20}$/, place: /^\d{15,20}$/ },
  slack: { person: /^[UW][A-Z0-9]{2,}$/, place: /^[TE][A-Z0-9]{2,}$/ },
};
const BACKUPS = 'Backups that were made before still hold it: throw them away, too.';

/** Also while the bot runs. Without "--yes" it only says what would go. @returns the exit code. @throws AppError with what to do instead */
export async function forget({ databaseUrl, words, write }: ForgetOptions): Promise<number> {
  const [whom = '', platform = '', id = '', workspace = ''] = words.filter((word) => word !== '--yes');
  const yes = words.includes('--yes');
  const ids = Object.hasOwn(IDS, platform) ? IDS[platform] : undefined;
  const isPerson = whom === 'person' && ids?.person.test(id) === true;
  const isPlace = whom === 'place' && ids?.place.test(id) === true && workspace === '';
  const isKnown = platform === 'discord' ? workspace === '' : ids?.place.test(workspace) === true;
  if (!isPlace && !(isPerson && isKnown)) throw new AppError('usage', USAGE);
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (file !== null && !existsSync(file)) throw new AppError('usage', `There is no database ${file}.`);
  const database = await openDatabase(databaseUrl);
  try {
    const found = isPlace
      ? await ofPlace(database, { platform, tenant: id }, yes)
      : await ofPerson(database, { platform, tenant: workspace, userId: id }, yes);
    const parts = Object.entries(found).flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`]));
    if (parts.length === 0) write('Nothing is stored about it.\n');
    else if (yes) write(`Removed. ${parts.join(', ')}. ${BACKUPS}\n`);
    else write(`Stored are ${parts.join(', ')}. Add --yes to remove it; it cannot be undone.\n`);
    const closed = await closedBecause(database);
    if (closed !== null) write(`But this is not the database of the bot: ${closed}.\n`);
    return 0;
  } finally {
    await database.close();
  }
}

type Counts = Readonly<Record<string, number>>;

async function ofPerson(
  database: Database,
  person: { platform: string; tenant: string; userId: string },
  yes: boolean,
): Promise<Counts> {
  const data = createPersonalData(database);
  if (!yes) {
    const { alerts, digests, posts, drafts, messages } = await data.of(person);
    const made = digests.length + posts.length + drafts.length;
    return { alerts: alerts.length, digests: made, 'direct messages': messages };
  }
  const { alerts, digests, posts, drafts, messages } = await data.forget(person);
  const stay = { 'digests that stay without the name': digests };
  return { alerts, ...stay, 'daily posts': posts, 'digests that nobody started': drafts, 'direct messages': messages };
}

async function ofPlace(database: Database, place: { platform: string; tenant: string }, yes: boolean): Promise<Counts> {
  const rows = await forgetPlace(database, place, yes ? undefined : 'count');
  const { alert = 0, subscription = 0, ticker = 0, delivery = 0, ...counts } = rows;
  const rest = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { alerts: alert, digests: subscription, tickers: ticker, 'posts in the ledger': delivery, 'other rows': rest };
}
