// A setting whose name is mistyped is named, with the one that is meant and without its value.
import { expect, it } from 'vitest';
import { mistypedSettings } from '../../src/config/config.ts';
import { SETTINGS } from '../../src/config/settings.ts';

it.each([
  ['DISCORD_TOKN', 'DISCORD_TOKEN'],
  ['DICSORD_TOKEN', 'DISCORD_TOKEN'],
  ['SLACK_APPTOKEN', 'SLACK_APP_TOKEN'],
  ['discord_token', 'DISCORD_TOKEN'],
  ['SLACK_BOT_TOKENS', 'SLACK_BOT_TOKEN'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['Port', 'PORT'],
  ['host', 'HOST'],
  ['mcp', 'MCP'],
])('%s is %s', (typed, meant) => {
  const said = [`${typed}: is ${meant} meant?`];
  expect(mistypedSettings({ [typed]: 'hunter2' })).toEqual(said);
  expect(mistypedSettings({ [typed]: 'hunter2', [meant]: '' })).toEqual(said); // blank lines of .env.example
  expect(mistypedSettings({ [typed]: 'hunter2', [meant]: 'set' })).toEqual([]);
});

it('settings and variables of others are left alone', () => {
  expect(mistypedSettings(Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, 'x'])))).toEqual([]);
  const others =
    'HOME PATH PWD POST TZ HTTPS_PROXY COMPOSE_PROJECT_NAME TERM LANG HOSTNAME POSTGRES_PASSWORD COMPOSE_PROFILES NODE_ENV HOSTS PORTS NODE_OPTIONS';
  expect(mistypedSettings(Object.fromEntries(others.split(' ').map((name) => [name, 'x'])))).toEqual([]);
});
