// Two processes on one SQLite file: one sends, and the other says once that it waits, and that it took over.
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createFakeBot, startFakePlatform } from '../fakes/platform.ts';
import { createTestEngine } from '../fakes/digest-engine.ts';
import { quickRules, seed, sqliteFile, until } from './stage.ts';

it('the second one says once that another sends, and goes on when that one ends', async () => {
  const { url, remove } = sqliteFile();
  await seed(url, 3);
  const platform = await startFakePlatform({ keyWindowMs: 120_000, history: true });
  const rules = quickRules();
  const open = async () => {
    const said: string[] = [];
    const note = (_fields: object, words: string) => void said.push(words);
    const database = await openDatabase(url);
    const engine = createTestEngine({
      database,
      bots: new Map([
        ['discord', createFakeBot({ name: 'discord', origin: platform.origin, sendRules: rules.platforms.discord })],
      ]),
      render: () => Promise.resolve({ kind: 'digest', outcome: 'ok', tone: 'info', title: 'd', blocks: [] }),
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: { debug: note, info: note, warn: note, error: note },
      rules: rules.engine,
    });
    return { said, engine, close: () => database.close() };
  };
  const [first, second] = [await open(), await open()];
  await first.engine.tick();
  for (let tick = 0; tick < 3; tick++) await second.engine.tick();
  const WAITS = 'another instance sends; this one takes over when that one ends';
  expect(first.said.filter((words) => words === WAITS)).toEqual([]);
  expect(second.said.filter((words) => words === WAITS)).toHaveLength(1);
  expect(await until(() => platform.posts.length === 3)).toBe(true);
  await first.engine.stop();
  await second.engine.tick();
  expect(second.said).toContain('this instance sends');
  await second.engine.stop();
  await Promise.all([first.close(), second.close(), platform.close()]);
  remove();
});
