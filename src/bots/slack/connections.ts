// One bound of connections for everything that we call at Slack: all clients of all workspaces, uploads, response addresses.
import type { WebClientOptions } from '@slack/web-api';
import type { Sleep } from '../../base/clock.ts';
import { createConnections, type Line } from '../connections.ts';
import { CONNECTIONS } from './limits.ts';

/** `fetch` as the Web API client takes it. */
export type Fetch = NonNullable<WebClientOptions['fetch']>;

/** Longest wait in line, ms; the ten seconds that a call may take include it. */
const LONGEST_WAIT_MS = 4000;

/** @returns `fetch` for a line. It fails with NoConnectionError when the wait was too long: nothing was sent */
export function createFetches({ sleep }: { sleep: Sleep }): (line: Line) => Fetch {
  const connections = createConnections({ most: CONNECTIONS, waitMs: LONGEST_WAIT_MS, sleep });
  return (line) => (url, init) => connections.request(line, url, init ?? {});
}
