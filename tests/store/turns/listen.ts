// What a database is really asked: every statement with its plan, for tests of what a statement may cost.
import { CompiledQuery, type KyselyPlugin } from 'kysely';
import type { Database } from '../../../src/store/database.ts';

export type Listening = {
  /** To be used in place of the database. */
  database: Database;
  /** SQL of the statements so far. */
  statements(): string[];
  /** SQLite's own words on how it finds the rows of each statement so far: https://www.sqlite.org/eqp.html */
  plans(): Promise<string[]>;
};

export function listenTo(database: Database): Listening {
  const asked: CompiledQuery[] = [];
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(database.sql.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return {
    database: { ...database, sql: database.sql.withPlugin(plugin) },
    statements: () => asked.map(({ sql }) => sql),
    async plans() {
      const plans: string[] = [];
      for (const { sql, parameters } of asked) {
        const { rows } = await database.sql.executeQuery<{ detail: string }>(
          CompiledQuery.raw(`EXPLAIN QUERY PLAN ${sql}`, [...parameters]),
        );
        plans.push(rows.map(({ detail }) => detail).join('; '));
      }
      return plans;
    },
  };
}
