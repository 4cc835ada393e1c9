// Copies the write-ahead log of a SQLite file into it, once, with SQLite's own waits for the disk. Plain JavaScript: TypeScript would load a compiler.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/** A log of so many pages must begin anew: without a pause in writing it never would. Four times what a copying is started for. */
const LONG = 4000;
/** So many of them that could not be copied wait for a reader that stays. */
const HELD_BACK = 1000;
/** How long it waits for a writer or reader then; writers wait meanwhile. */
const PATIENCE_MS = 250;
/** https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

const { file, inode } = workerData;
// The log belongs to the file that is open: in another one of its name it would do damage (https://www.sqlite.org/howtocorrupt.html, 1.4).
if (statSync(file).ino !== inode) throw new Error('the file was replaced while it was open');
const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
database.exec('PRAGMA synchronous = NORMAL');
// Beside writers and readers first, so that little is left for the one that holds up writers.
const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() ?? {};
// A reader that stays keeps it from beginning anew, and writers would wait for nothing.
if (Number(log) - Number(checkpointed) < HELD_BACK) {
  if (Number(log) >= LONG) database.exec('PRAGMA wal_checkpoint(RESTART)');
  beginAnew();
}
database.close();

/** The first write after a copying waits for the disk, for the header of the log that begins anew: this one, which changes nothing. */
function beginAnew() {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  try {
    database.exec(`PRAGMA user_version = ${Number(version)}`);
  } catch (error) {
    if ((error?.errcode & 0xff) !== BUSY) throw error; // others write all the time: the log goes on, or has begun
  }
}
