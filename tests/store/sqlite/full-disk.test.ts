// A full disk: questions are answered as before, no post is made that could not be noted first, and all goes on when there is room again.
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openStage } from '../../app/stage.ts';
import { createStage } from '../../digests/virtual.ts';
import type { Step } from '../../../src/delivery/attempt/tools.ts';
import type { Database } from '../../../src/store/database.ts';
import { DAY, MINUTE } from '../../../src/base/clock.ts';

/** SQLite's own way to say that there is no more room (https://www.sqlite.org/rescode.html#full), and a file system that takes nothing at all. */
const WAYS = ['no page more', 'nothing is written'] as const;
type Way = (typeof WAYS)[number];

async function fill({ sql: db }: Database, way: Way): Promise<() => Promise<unknown>> {
  const pragma = (words: string) => sql.raw(`PRAGMA ${words}`).execute(db);
  const roomy = () => Promise.all([pragma('max_page_count = 1073741823'), pragma('query_only = OFF')]);
  if (way === 'nothing is written') await pragma('query_only = ON');
  else {
    await sql`CREATE TABLE IF NOT EXISTS filler (bytes BLOB)`.execute(db);
    await pragma('max_page_count = 1'); // as many as there are
    for (let size = 1_000_000; size >= 1; size = Math.floor(size / 4)) while (await filled(db, size)) continue;
  }
  return roomy;
}

async function filled(db: Database['sql'], size: number): Promise<boolean> {
  const row = sql`INSERT INTO filler VALUES (zeroblob(${size}))`.execute(db);
  return await row.then(
    () => true,
    () => false,
  );
}

describe.each(WAYS)('%s', (way) => {
  const stage = openStage();
  const scheduled = createStage();

  it('questions are answered, also those that we want to remember', async () => {
    await fill(stage.core.database, way);
    stage.clock += 10 * MINUTE; // the price is renewed, and cannot be saved
    for (const text of ['/coin tao', '/price near', '/chart tao 30d', '/convert 2 tao eur', 'what is a subnet'])
      expect((await stage.ask(text)).outcome, text).toBe('ok');
    expect((await stage.ask('how do I bake sourdough bread')).outcome).toBe('unsure');
    expect(stage.core.lines.join('')).toContain('could not be saved');
  });

  it('who wants something saved reads that it was not, and that the operator has to act', async () => {
    await fill(stage.core.database, way);
    const ask = (count: number) => stage.ask(`/alert create tao above ${600 + 10 * count}`);
    let card = await ask(0);
    for (let count = 1; card.outcome === 'ok' && count < 24; count++) card = await ask(count); // a page may have room for some
    expect(card).toMatchObject({ outcome: 'unavailable', title: 'Not saved' });
    expect(JSON.stringify(card.blocks)).toMatch(/disk.*operator/);
    expect(stage.core.lines.join('')).toMatch(/"level":"error".*"msg":"request failed"/);
  });

  const nine = Date.parse('2026-11-23T09:00:00Z');
  const daily = { local_time: '09:00', next_at: nine, after_at: nine - DAY };

  it('what is due is posted once, when there is room again', async () => {
    const virtual = await scheduled();
    for (let index = 0; index < 20; index++) await virtual.add(index, daily);
    const free = await fill(virtual.database, way);
    await virtual.at(nine + 100).catch(() => undefined);
    if (way === 'nothing is written') expect(virtual.platform.requests).toEqual([]);
    await free();
    await virtual.until(nine + 10 * MINUTE, 10_000);
    expect(virtual.platform.posts).toHaveLength(20);
    expect(await virtual.engine.totals()).toMatchObject({ due: 20, sent: 20 });
  });

  it.each(['rendered', 'posted'] as const)(
    'full from the moment when the first is %s: none without its mark, none twice',
    async (when) => {
      let steps = 0;
      let free = (): Promise<unknown> => Promise.resolve();
      const step = (name: Step): void => {
        if (name === when && ++steps === 1) void fill(virtual.database, way).then((roomy) => (free = roomy));
      };
      const virtual = await scheduled({ engine: { step } });
      for (let index = 0; index < 20; index++) await virtual.add(index, daily);
      await virtual.at(nine + 100).catch(() => undefined);
      await virtual.at(nine + MINUTE).catch(() => undefined);
      if (when === 'rendered' && way === 'nothing is written') expect(virtual.platform.requests).toEqual([]);
      await free();
      await virtual.until(nine + 20 * MINUTE, 10_000);
      expect(new Set(virtual.platform.posts.map(({ channel }) => channel)).size).toBe(20);
      expect(virtual.platform.posts).toHaveLength(20);
      expect(await virtual.engine.totals()).toMatchObject({ due: 20, sent: 20, ambiguous: 0 });
    },
  );
});
