// The manifest follows the command list and keeps to Slack's limits; the scopes stay minimal.
import { expect, it } from 'vitest';
import { isOn, topName } from '../../../src/app/command.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { manifestOf, slackManifest } from '../../../src/bots/slack/manifest.ts';

it('has one slash command per first word, with hints, within the limits', () => {
  const manifest = manifestOf(COMMANDS, null);
  const { slash_commands: commands, agent_view: agent, shortcuts } = manifest.features;
  expect(commands.map(({ command }) => command)).toEqual([
    ...new Set(COMMANDS.filter((command) => isOn(command, 'slack')).map((command) => `/${topName(command)}`)),
  ]);
  expect(commands.map(({ command }) => command)).not.toContain('/ticker'); // Slack has no voice channels
  for (const { command, description, usage_hint: hint = '' } of commands) {
    expect(command).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeGreaterThan(5);
    expect(description.length).toBeLessThanOrEqual(2000);
    expect(hint.length).toBeLessThanOrEqual(1000);
  }
  const { name, description, long_description: long } = manifest.display_information;
  expect([name.length <= 35, description.length <= 140, long.length >= 174 && long.length <= 4000]).toEqual([
    true,
    true,
    true,
  ]);
  expect(agent.agent_description.length).toBeLessThanOrEqual(300);
  expect(agent.suggested_prompts.length).toBeLessThanOrEqual(4);
  expect(shortcuts).toHaveLength(1);
});

it('asks for the least: reading channels is optional', () => {
  const { bot, bot_optional: optional } = manifestOf(COMMANDS, null).oauth_config.scopes;
  expect(bot.filter((scope) => !optional.some((one) => one === scope))).toEqual([
    'app_mentions:read',
    'assistant:write',
    'chat:write',
    'commands',
    'files:write',
    'im:history',
    'im:write',
    'users:read',
  ]);
  expect(optional).toContain('channels:history');
  expect(bot).toEqual(expect.arrayContaining(optional)); // a mark on scopes that are asked for, not a list beside them
});

it('is Socket Mode without a public address and HTTP with one', () => {
  expect(JSON.stringify(manifestOf(COMMANDS, null))).not.toContain('http');
  const manifest = manifestOf(COMMANDS, 'https://tao.example');
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: false,
    event_subscriptions: { request_url: 'https://tao.example/slack/events' },
    interactivity: {
      request_url: 'https://tao.example/slack/events',
      message_menu_options_url: 'https://tao.example/slack/events',
    },
  });
  expect(manifest.oauth_config.redirect_urls).toEqual(['https://tao.example/slack/oauth_redirect']);
  expect(manifest.features.slash_commands.every((command) => command.url === 'https://tao.example/slack/events')).toBe(
    true,
  );
  expect(JSON.parse(slackManifest(COMMANDS, 'https://tao.example'))).toEqual(JSON.parse(JSON.stringify(manifest)));
});
