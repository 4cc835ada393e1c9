// Why Slack does not let us in, in words that say what to do about it.
import type { Failure } from '../outcomes.ts';

type TokenSetting = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/** Where each kind of token is on https://api.slack.com/apps. */
const TOKENS: Readonly<Record<TokenSetting, { page: string; begins: string; scope: string }>> = {
  SLACK_BOT_TOKEN: {
    page: 'OAuth & Permissions ▸ Bot User OAuth Token',
    begins: 'xoxb-',
    scope: 'paste the manifest of `npm run slack-manifest` under App Manifest, then Reinstall to Workspace',
  },
  SLACK_APP_TOKEN: {
    page: 'Basic Information ▸ App-Level Tokens',
    begins: 'xapp-',
    scope: 'make one with connections:write under Basic Information ▸ App-Level Tokens',
  },
};

/** https://docs.slack.dev/reference/methods/auth.test#errors, https://docs.slack.dev/reference/methods/apps.connections.open#errors */
function remedyOf(code: string, setting: TokenSetting): string {
  const { page, begins, scope } = TOKENS[setting];
  switch (code) {
    case 'account_inactive':
      return 'the app was removed from the workspace, or the workspace is gone: install the app again and set the new token';
    case 'token_revoked':
      return `it was revoked: install the app again and set the new token (${page})`;
    case 'token_expired':
      return `it has expired: set a new one (${page}), and leave token rotation off`;
    case 'missing_scope':
      return `it lacks a scope: ${scope}`;
    case 'not_allowed_token_type':
      return `it is a token of another kind: this one begins with ${begins} (${page})`;
    case 'accesslimited':
    case 'team_access_not_granted':
    case 'org_login_required':
    case 'two_factor_setup_required':
      return 'the workspace or its organisation does not let the app in: ask its administrator';
    default:
      return `it is wrong or not valid any more: copy it again (${page})`;
  }
}

/** A sentence for `/readyz`, the log and the first lines; `setting` holds the token that was shown. */
export function connectionTrouble({ kind, code }: Failure, setting: TokenSetting): string {
  if (kind === 'bad-credential') return `Slack refuses ${setting} (${code}): ${remedyOf(code, setting)}`;
  if (code === 'ratelimited') return 'Slack asks us to wait before we connect again';
  if (code === 'too_many_websockets')
    return 'Slack refuses another connection (too_many_websockets): ten of this app are open, perhaps by other processes; trying again';
  if (kind === 'bad-target' || kind === 'bad-body') return `Slack refuses the connection (${code}), trying again`;
  return `Slack cannot be reached (${code}), trying again`;
}
