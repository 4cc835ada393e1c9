// What an operator reads where a move cannot begin: what is wrong, and nothing has changed.
import { mkdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { highWaterFile } from '../../src/delivery/restore-guard.ts';
import { openDatabase } from '../../src/store/database.ts';
import { move } from '../../src/wiring/operator/move.ts';
import { sqliteFile } from '../delivery/stage.ts';

const NOW = Date.parse('2026-11-30T01:00:00Z');
/** Nobody listens on it: https://www.iana.org/assignments/service-names-port-numbers has nothing there for TCP but "discard". */
const AWAY = 'postgres://u:a-password@127.0.0.1:9/x';

let remove = (): void => undefined;
afterEach(() => remove());

async function place(isThere = true) {
  const { url, file, remove: gone } = sqliteFile();
  remove = gone;
  if (isThere) await (await openDatabase(url)).close();
  const said = async (...words: string[]): Promise<string> => {
    const lines: string[] = [];
    try {
      await move({ databaseUrl: url, words, now: () => NOW, write: (text) => void lines.push(text) });
      return lines.join('');
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
  };
  return { url, file, said };
}

it('going back from a move that never was is refused, and skips no post', async () => {
  const { url, said } = await place();
  expect(await said('undo')).toMatch(/^Nothing was moved from .+: there is nothing to undo\.$/);
  expect(() => readFileSync(highWaterFile(url) ?? '')).toThrow('ENOENT');
});

it('a target that does not answer: not DATABASE_URL is to be checked, but what was typed; without its password', async () => {
  const { said } = await place();
  const words = await said(AWAY);
  expect(words).toContain('ECONNREFUSED');
  expect(words).toContain('Check the address behind move');
  expect(words).not.toMatch(/DATABASE_URL|a-password/);
});

it('an address with a character that splits it: says which characters are percent-encoded', async () => {
  const { said } = await place();
  expect(await said('postgres://u:a-pass#word@127.0.0.1/x')).toMatch(/percent-encode[^]*Usage: npm run move/);
});

it('words before the database: who types none learns which, also where there is no database yet', async () => {
  const { file, said } = await place(false);
  expect(await said()).toMatch(/^Usage: npm run move/);
  expect(await said('undo')).toContain(`There is no database at ${file} that this user can see. Check DATABASE_URL.`);
});

it('where the lock beside the file cannot be had: a sentence', async () => {
  const { file, said } = await place();
  mkdirSync(`${file}.users`, { recursive: true });
  expect(await said(AWAY)).toMatch(
    /^Nothing was moved: .+\. Check the space of its disk, and that this user may write to \/.+\.$/,
  );
});
