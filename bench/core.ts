// The core and the web server: warm answers per second, and the overhead of the web API over a bare server.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMANDS } from '../src/app/commands/index.ts';
import { createWebContext, type WebContext } from '../src/web/context.ts';
import { createMetrics } from '../src/web/health/metrics.ts';
import { createWebServer } from '../src/web/server.ts';
import { openTestCore, type TestCore } from '../tests/fakes/core.ts';
import { quantile } from './parts/quantile.ts';
import { isQuick } from './parts/quick.ts';
import { referenceMs } from './parts/reference.ts';

const REQUESTS = isQuick() ? 200 : 2000;
const CHARTS = isQuick() ? 6 : 50;
/** Answers are counted in turns with the reference work, so that both meet the same machine. */
const TURNS = isQuick() ? 20 : 50;
/** Before they count, in both forms: after fewer the code is not compiled for good, and the two measured different things. */
const WARM_TURNS = 15;
const ANSWERS_A_TURN = 200;
const CONCURRENCY = 100;

export async function run(): Promise<Record<string, number>> {
  const core = await openTestCore({ settings: { LOG_LEVEL: 'silent' } });
  const web = createWebContext({
    services: core.services,
    commands: COMMANDS,
    dispatch: core.dispatch,
    now: core.now,
  });
  const coins = [
    'bittensor',
    'near',
    'render-token',
    'fetch-ai',
    'internet-computer',
    'akash-network',
    'the-graph',
    'virtual-protocol',
    'worldcoin-wld',
    ...Array.from({ length: 11 }, (_, index) => `coin-${index}`),
  ];
  while (!core.services.content.index().whole) await sleep(20); // until the list of coins has arrived, other coins are no answers
  for (const coin of coins) await web.ask(`/coin ${coin}`, 'en'); // warm
  const [answering, working] = await inTurns(web, coins);
  const perSecond = 1000 / answering;
  const busy = await askWhileDrawing(core, web);
  const metrics = createMetrics();
  const server = createWebServer({ web, metrics, mcp: false, ready: () => [], onError: () => undefined });
  const bare = createServer(
    (_, response) => void response.setHeader('content-type', 'application/json').end('{"ok":true}'),
  );
  const before = core.gecko.calls.length;
  const ours = await load(
    server,
    (index) => `/api/ask?q=${encodeURIComponent(`/coin ${coins[index % coins.length] ?? ''}`)}`,
  );
  const upstream = core.gecko.calls.length - before;
  const theirs = await load(bare, () => '/');
  await core.close();
  const hanging = await askHanging();
  return {
    'core answers per second': Math.round(perSecond),
    'core answers per reference work': working / answering,
    'core µs per answer': Math.round(1e6 / perSecond),
    'web p99 ms': ours.p99,
    'web p99 over bare server': ours.p99 / theirs.p99,
    'web seconds over bare server': ours.seconds / theirs.seconds,
    'upstream calls for all requests': upstream,
    'answer p99 ms while charts are drawn': busy.p99,
    'charts drawn meanwhile': busy.drawn,
    'answer ms while the source hangs from the start': hanging,
  };
}

/** Ms of an answer and of the reference work: medians over turns. */
async function inTurns(web: WebContext, coins: readonly string[]): Promise<[number, number]> {
  const [answers, works]: [number[], number[]] = [[], []];
  for (let turn = -WARM_TURNS; turn < TURNS; turn++) {
    const work = referenceMs();
    const started = performance.now();
    for (let index = 0; index < ANSWERS_A_TURN; index++)
      await web.ask(`/coin ${coins[index % coins.length] ?? ''}`, 'en');
    if (turn < 0) continue;
    works.push(work);
    answers.push((performance.now() - started) / ANSWERS_A_TURN);
  }
  return [quantile(answers, 0.5), quantile(works, 0.5)];
}

/** How long a command takes, timer to answer, while different pictures are being drawn. */
async function askWhileDrawing(core: TestCore, web: WebContext): Promise<{ p99: number; drawn: number }> {
  let [drawn, givenUp] = [0, 0]; // a busy machine does not get to the last ones in time
  const charts = Array.from({ length: CHARTS }, async (_, index) => {
    const points = Array.from({ length: 168 }, (__, hour): [number, number] => [
      hour * 3_600_000,
      100 + Math.sin(hour / 9 + index) * 5,
    ]);
    const at = 167 * 3_600_000;
    const picture = core.services.charts.png({
      kind: 'price',
      name: 'Bittensor',
      symbol: 'TAO',
      range: '7d',
      points,
      at,
      now: at,
      locale: 'en',
      currency: 'usd',
      sourceName: 'CoinGecko',
      theme: 'dark',
    });
    await picture.then(
      () => drawn++,
      () => givenUp++,
    );
  });
  const times: number[] = [];
  while (drawn + givenUp < charts.length) {
    const due = performance.now() + 10;
    await new Promise((resolve) => setTimeout(resolve, 10));
    await web.ask('/price tao', 'en');
    times.push(performance.now() - due);
  }
  await Promise.all(charts);
  return { p99: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0, drawn };
}

/** One wait for the source (1.2 s), however many questions to it a card needs. */
async function askHanging(): Promise<number> {
  const core = await openTestCore({ settings: { LOG_LEVEL: 'silent' } });
  core.gecko.fault = { kind: 'hang' };
  const web = createWebContext({ services: core.services, commands: COMMANDS, dispatch: core.dispatch, now: core.now });
  const started = performance.now();
  await web.ask('/coin tao eur', 'en');
  const ms = Math.round(performance.now() - started);
  await core.close();
  return ms;
}

async function load(server: Server, path: (index: number) => string): Promise<{ p99: number; seconds: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < REQUESTS) {
      const at = performance.now();
      await (await fetch(base + path(next++))).arrayBuffer();
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const seconds = (performance.now() - started) / 1000;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { p99: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0, seconds };
}
