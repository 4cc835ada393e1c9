// Installation by several workspaces: /slack/install sends people to Slack, /slack/oauth_redirect brings a sealed token home.
import { HTTPReceiver, type Installation } from '@slack/bolt';
import type { Log } from '../../../base/log.ts';
import type { Listener } from '../../bot.ts';
import type { Installations } from '../../platform.ts';
import { boltLog } from './bolt-log.ts';
import type { Clients } from './clients.ts';
import { BOT_SCOPES, OPTIONAL_SCOPES } from './scopes.ts';
import type { TokenCipher } from './token-cipher.ts';

export type OauthSettings = { clientId: string; clientSecret: string; stateSecret: string };

export type OauthOptions = {
  oauth: OauthSettings;
  apiUrl: string | undefined;
  publicUrl: string | null;
  installations: Pick<Installations, 'store'>;
  cipher: TokenCipher;
  clientOptions: Clients['options'];
  log: Log;
  /** A workspace installed the app (again): what was known of it is out of date. */
  onInstalled: (key: string) => void;
};

const REDIRECT_PATH = '/slack/oauth_redirect';
/** The address of a page holds the code of an installation: nobody else gets to see it, keeps it or frames the page. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "frame-ancestors 'none'",
  'cache-control': 'no-store',
};
const CANCELLED =
  'The installation was cancelled in Slack: nothing was installed. To start again, open /slack/install.\n';

/** Answers GET requests of the two paths; others get 404. Slack checks the signed state, which ends after ten minutes. */
export function createOauthListener(options: OauthOptions): Listener {
  const { oauth, apiUrl, publicUrl, installations, cipher, log, onInstalled } = options;
  const receiver = new HTTPReceiver({
    signingSecret: 'unused: this receiver only serves the pages of the installation',
    ...oauth,
    scopes: [...BOT_SCOPES, ...OPTIONAL_SCOPES], // the app's settings say which of them may be declined
    logger: boltLog(log),
    ...(publicUrl === null ? {} : { redirectUri: `${publicUrl}${REDIRECT_PATH}` }),
    installationStore: {
      async storeInstallation(installation) {
        const key = keyOf(installation);
        await installations.store(key, cipher.seal(JSON.stringify(installation)));
        onInstalled(key);
        log.info({ tenant: key }, 'Slack app installed');
      },
      fetchInstallation: () => Promise.reject(new Error('installations are read by `workspaces`')),
    },
    installerOptions: {
      directInstall: true,
      redirectUriPath: REDIRECT_PATH,
      clientOptions: options.clientOptions(),
      ...(apiUrl === undefined ? {} : { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href }),
    },
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (wasCancelled(request.url)) return void response.writeHead(403, { 'content-type': 'text/plain' }).end(CANCELLED);
    try {
      receiver.requestListener(request, response);
    } catch {
      response.writeHead(404).end();
    }
  };
}

/** Slack sends people back with `error=access_denied`; Bolt takes that for a fault of ours: https://docs.slack.dev/authentication/installing-with-oauth */
function wasCancelled(target: string | undefined): boolean {
  const url = URL.parse(target ?? '', 'http://localhost');
  return url?.pathname === REDIRECT_PATH && url.searchParams.get('error') === 'access_denied';
}

function keyOf(installation: Installation): string {
  const key = installation.isEnterpriseInstall === true ? installation.enterprise?.id : installation.team?.id;
  if (key === undefined) throw new Error('an installation without a workspace');
  return key;
}
