// Copies the write-ahead log of a SQLite file into it, once, with SQLite's own waits for the disk. Plain JavaScript: TypeScript would load a compiler.
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/** A log of so many pages must begin anew: without a pause in writing it never would. Four times what a copying is started for. */
const LONG = 4000;
/** How long it waits for a writer or reader then; writers wait meanwhile. */
const PATIENCE_MS = 250;

const database = new DatabaseSync(workerData, { timeout: PATIENCE_MS });
database.exec('PRAGMA synchronous = NORMAL');
// Beside writers and readers first, so that little is left for the one that holds up writers.
const copied = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
if (Number(copied?.log) >= LONG) database.exec('PRAGMA wal_checkpoint(RESTART)');
database.close();
