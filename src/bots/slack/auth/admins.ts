// Who may manage digests: admins and owners of the workspace, and whoever created the channel. Asked of Slack, not read from a button.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Log } from '../../../base/log.ts';
import { codeOf } from '../outcomes.ts';
import type { Workspaces } from './workspaces.ts';

/** Admins that were taken away end within a minute. */
const CACHE_MS = 60_000;
const MOST_CACHED = 10_000;

export type Admins = { mayManage(tenant: string, user: string, channel: string): Promise<boolean> };

export function createAdmins({
  workspaces,
  log,
  monotonic,
}: {
  workspaces: Workspaces;
  log: Log;
  /** Ms that never step back. */
  monotonic: () => number;
}): Admins {
  const cache = new LRUCache<string, boolean>({
    ...atMost(MOST_CACHED),
    ttl: CACHE_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  const cached = async (key: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = await ask();
    cache.set(key, value);
    return value;
  };
  const isAdmin = (tenant: string, user: string) =>
    cached(`${tenant} ${user}`, async () => {
      const client = await workspaces.client(tenant, 'reply');
      const found = (await client?.users.info({ user }))?.user;
      return (
        found !== undefined &&
        found.deleted !== true &&
        found.is_bot !== true &&
        belongsTo(tenant, found) &&
        (found.is_admin === true || found.is_owner === true)
      );
    });
  const isCreator = (tenant: string, user: string, channel: string) =>
    cached(`${tenant} ${user} ${channel}`, async () => {
      if (!/^[CG][A-Z0-9]+$/.test(channel)) return false; // a direct conversation belongs to nobody
      const client = await workspaces.client(tenant, 'reply');
      return (await client?.conversations.info({ channel }))?.channel?.creator === user;
    });
  /** When Slack does not say, the answer is no. */
  const orNo = (answer: Promise<boolean>): Promise<boolean> =>
    answer.catch((error: unknown) => {
      const code = codeOf(error);
      if (code !== 'missing_scope') log.warn({ code }, 'rights of a Slack user cannot be read');
      return false;
    });
  return {
    mayManage: async (tenant, user, channel) =>
      (await orNo(isAdmin(tenant, user))) || (await orNo(isCreator(tenant, user, channel))),
  };
}

/** In shared channels there are admins of other companies: https://docs.slack.dev/apis/slack-connect */
function belongsTo(
  tenant: string,
  { team_id: home, enterprise_user: grid }: { team_id?: string; enterprise_user?: EnterpriseUser },
): boolean {
  const [first, team = first] = tenant.split('/');
  return (
    home === undefined || home === team || grid?.enterprise_id === first || (grid?.teams ?? []).includes(team ?? '')
  );
}

type EnterpriseUser = { enterprise_id?: string; teams?: string[] };
