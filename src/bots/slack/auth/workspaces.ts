// Which token speaks for which workspace: one from the settings, or one per installation.
import type { Installation } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Log } from '../../../base/log.ts';
import type { Installations } from '../../platform.ts';
import { codeOf } from '../outcomes.ts';
import type { Clients, Purpose } from './clients.ts';
import type { TokenCipher } from './token-cipher.ts';

/** The bot in one workspace. `userId`: its own user, whose messages it ignores. */
export type Identity = { token: string; userId: string | null };

export type Workspaces = {
  /** Null for a workspace that never installed the app, or no longer has it. */
  identity(tenant: string): Promise<Identity | null>;
  client(tenant: string, purpose: Purpose): Promise<WebClient | null>;
  forget(tenant: string): void;
};

const CACHE_MS = 60_000;
const MOST_CACHED = 5000;

/**
 * "T1", or "E1/T1" for a workspace of an organisation that installed the app as a whole. Bolt knows whose installation an event is for: in a
 * shared channel the workspace of the payload can be another company's (https://docs.slack.dev/apis/slack-connect).
 */
export function tenantOf(context: { teamId?: unknown; enterpriseId?: unknown; isEnterpriseInstall?: unknown }): string {
  const { teamId, enterpriseId, isEnterpriseInstall: whole } = context;
  const team = typeof teamId === 'string' ? teamId : '-';
  return whole === true && typeof enterpriseId === 'string' ? `${enterpriseId}/${team}` : team;
}

/** The key under which the installation of a tenant is kept. */
export function installationKey(tenant: string): string {
  return tenant.split('/')[0] ?? tenant;
}

/** One workspace by token: the same identity whatever an event says. */
export function singleWorkspace(identity: Identity, clients: Clients): Workspaces {
  return {
    identity: () => Promise.resolve(identity),
    client: (_tenant, purpose) => Promise.resolve(clients.of(identity.token, purpose)),
    forget: () => undefined,
  };
}

/** Several workspaces: installations come from the store, cached for a minute so that a revoked one is noticed. */
export function manyWorkspaces(options: {
  installations: Pick<Installations, 'fetch'>;
  cipher: TokenCipher;
  clients: Clients;
  log: Log;
  monotonic: () => number;
}): Workspaces {
  const { installations, cipher, clients, log, monotonic } = options;
  const cache = new LRUCache<string, { identity: Identity | null }>({
    ...atMost(MOST_CACHED),
    ttl: CACHE_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  const load = async (key: string): Promise<Identity | null> => {
    const record = await installations.fetch(key);
    if (record === null) return null;
    try {
      return openIdentity(record.sealed, cipher);
    } catch (error) {
      log.error(
        { code: codeOf(error), tenant: key },
        'a Slack installation cannot be read; it must be installed again',
      );
      return null;
    }
  };
  const identity = async (tenant: string): Promise<Identity | null> => {
    const key = installationKey(tenant);
    const cached = cache.get(key);
    if (cached !== undefined) return cached.identity;
    const found = await load(key);
    cache.set(key, { identity: found });
    return found;
  };
  return {
    identity,
    async client(tenant, purpose) {
      const found = await identity(tenant);
      return found === null ? null : clients.of(found.token, purpose);
    },
    forget: (tenant) => void cache.delete(installationKey(tenant)),
  };
}

/** @throws Error when it was sealed with another secret */
export function openIdentity(sealed: string, cipher: TokenCipher): Identity | null {
  const { bot } = JSON.parse(cipher.open(sealed)) as Installation;
  return bot?.token === undefined ? null : { token: bot.token, userId: bot.userId ?? null };
}
