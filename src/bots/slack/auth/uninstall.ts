// When Slack says that the app was removed, its token is asked: a late notice of an old removal ends no new installation, whatever the clocks say.
import type { Log } from '../../../base/log.ts';
import type { Installations } from '../../platform.ts';
import { failureOf } from '../outcomes.ts';
import type { Clients } from './clients.ts';
import type { TokenCipher } from './token-cipher.ts';
import { openIdentity, type Workspaces } from './workspaces.ts';

export type UninstallOptions = {
  installations: Pick<Installations, 'fetch' | 'remove' | 'tenantsOf'>;
  workspaces: Pick<Workspaces, 'forget'>;
  clients: Clients;
  cipher: TokenCipher;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  onRemoved: (tenant: string) => void;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** About five minutes of asking; an installation of which nothing is known then stays. */
const ATTEMPTS = 10;
/** What a token answers that has ended; other refusals pass, as while a workspace moves: https://docs.slack.dev/reference/methods/auth.test#errors */
const ENDED = /^(account_inactive|invalid_auth|not_authed|token_expired|token_revoked)$/;
/** The most at once (https://docs.slack.dev/reference/methods/auth.teams.list). */
const MOST_TEAMS = 1000;

/** @param id of a workspace or an organisation: the key of its installation. Ends what is scheduled for it, for all workspaces of an organisation. */
export async function uninstall(id: string, options: UninstallOptions): Promise<void> {
  const { installations, workspaces, log, onRemoved } = options;
  const record = await installations.fetch(id);
  if (record === null || (await stillWorks(record.sealed, options))) return;
  const tenants = [id, ...(await installations.tenantsOf(id))];
  const removed = await installations.remove(id, record.sealed);
  workspaces.forget(id);
  log.info({ tenant: id, count: removed ? tenants.length : 0 }, 'Slack app uninstalled');
  if (removed) tenants.forEach(onRemoved);
}

/**
 * The same for the one workspace of a token from the settings, which is no stored installation. A token that was only revoked ends nothing: the
 * operator may be about to set a new one.
 */
export async function uninstallOnly(
  token: string,
  ids: readonly string[],
  options: Pick<UninstallOptions, 'clients' | 'log' | 'sleep' | 'onRemoved'>,
): Promise<void> {
  if (await isGood(token, options)) return;
  options.log.info({ tenant: ids.join(' ') }, 'Slack app uninstalled');
  ids.forEach(options.onRemoved);
}

/**
 * An organisation took the app away from some of its workspaces, and the token goes on for the others. Slack is asked which it is good for
 * (https://docs.slack.dev/reference/methods/auth.teams.list): a late notice ends nothing that was granted again.
 */
export async function removeFromTeams(
  organisation: string,
  teams: readonly string[],
  { workspaces, log, onRemoved }: Pick<UninstallOptions, 'log' | 'onRemoved'> & { workspaces: Workspaces },
): Promise<void> {
  const client = await workspaces.client(organisation, 'reply');
  const granted = await client?.auth.teams.list({ limit: MOST_TEAMS }).catch((error: unknown) => {
    log.warn({ code: failureOf(error).code }, 'Slack does not say which workspaces an organisation granted');
    return null;
  });
  if (granted?.teams === undefined || (granted.response_metadata?.next_cursor ?? '') !== '') return;
  const left = new Set(granted.teams.map(({ id }) => id));
  for (const team of teams.filter((id) => !left.has(id))) onRemoved(`${organisation}/${team}`);
}

async function stillWorks(sealed: string, options: UninstallOptions): Promise<boolean> {
  const token = tokenIn(sealed, options.cipher);
  return token !== null && (await isGood(token, options));
}

async function isGood(
  token: string,
  { clients, log, sleep }: Pick<UninstallOptions, 'clients' | 'log' | 'sleep'>,
): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await clients.of(token, 'reply').auth.test();
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (ENDED.test(failure.code)) return false;
      const told = failure.kind === 'not-sent' ? (failure.retryAfterMs ?? 0) : 0;
      await sleep(Math.max(told, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt)));
    }
  }
  log.warn({}, 'Slack does not say whether an installation ended; it stays');
  return true;
}

function tokenIn(sealed: string, cipher: TokenCipher): string | null {
  try {
    return openIdentity(sealed, cipher)?.token ?? null;
  } catch {
    return null; // sealed with another secret: of no use any more
  }
}
