// What an operator reads when Slack does not let the bot in: which token, what Slack said, and what to do.
import { expect, it } from 'vitest';
import { connectionTrouble } from '../../../../src/bots/slack/auth/connection-trouble.ts';
import { platformFailure } from '../../../../src/bots/slack/outcomes.ts';

// Codes: https://docs.slack.dev/reference/methods/auth.test#errors
it.each([
  ['invalid_auth', 'SLACK_BOT_TOKEN', 'OAuth & Permissions'],
  ['invalid_auth', 'SLACK_APP_TOKEN', 'App-Level Tokens'],
  ['account_inactive', 'SLACK_BOT_TOKEN', 'install the app again'],
  ['token_revoked', 'SLACK_BOT_TOKEN', 'install the app again'],
  ['token_expired', 'SLACK_BOT_TOKEN', 'token rotation'],
  ['missing_scope', 'SLACK_BOT_TOKEN', 'Reinstall to Workspace'],
  ['missing_scope', 'SLACK_APP_TOKEN', 'connections:write'],
  ['not_allowed_token_type', 'SLACK_BOT_TOKEN', 'begins with xoxb-'],
  ['not_allowed_token_type', 'SLACK_APP_TOKEN', 'begins with xapp-'],
  ['team_access_not_granted', 'SLACK_BOT_TOKEN', 'administrator'],
  ['accesslimited', 'SLACK_BOT_TOKEN', 'administrator'],
] as const)('%s of %s says: %s', (code, setting, words) => {
  const said = connectionTrouble(platformFailure(code), setting);
  expect(said).toContain(`Slack refuses ${setting} (${code}): `);
  expect(said).toContain(words);
});

it.each([
  ['too_many_websockets', /^Slack refuses another connection .*other processes; trying again$/],
  ['access_denied', /^Slack refuses the connection \(access_denied\), trying again$/],
  ['a_new_code', /^Slack refuses the connection \(a_new_code\), trying again$/],
  ['internal_error', /^Slack cannot be reached \(internal_error\), trying again$/],
])('%s is said as what it is', (code, words) => {
  expect(connectionTrouble(platformFailure(code), 'SLACK_APP_TOKEN')).toMatch(words);
});
