// Where something cannot be, nobody is told of it: the terminal has no direct messages, the web page no channels and no moderators.
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/app/plain-text.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const said = async (text: string, platform: string) =>
  plainText(await stage.ask(text, { platform, user: { id: 'u', canManage: platform === 'terminal' } }));

it('the terminal tells alerts where they were set', async () => {
  expect(await said('/alert new subnet', 'terminal')).toContain('Tells: you, here, once');
});

it('chats tell them in a direct message', async () => {
  expect(await said('/alert new subnet', 'slack')).toContain('Tells: you, in a direct message, once');
});

it('a digest set up in the terminal comes there, in a direct message there', async () => {
  expect(await said('/digest setup', 'terminal')).toContain('posted here');
});

it.each([
  '/digest create 09:00',
  '/digest list',
  '/digest setup',
  '/digest pause',
  '/digest list everywhere',
  '/faq-gaps',
])('the web page says of %s where it works', async (text) => {
  const answer = await said(text, 'web');
  expect(answer).toContain('Discord, Slack or the terminal');
  expect(answer).not.toMatch(/moderator|here yet|server/);
});

describe('who may manage is said in the words of the place', () => {
  const asked = async (text: string, platform: string, tenant: string, canManage = false) =>
    plainText(
      await stage.ask(text, { platform, user: { id: 'u', canManage }, place: { tenant, channel: 'C1' }, via: 'text' }),
    );

  it.each(['/digest create 09:00', '/digest setup', '/digest list everywhere', '/faq-gaps'])('%s', async (text) => {
    expect(await asked(text, 'discord', '700')).toContain('people who manage this channel or server');
    const slack = await asked(text, 'slack', 'T1');
    expect(slack).toContain('workspace admins');
    expect(slack).not.toMatch(/server|moderator/);
    const direct = await asked(text, 'discord', '-');
    expect(direct).toContain('belongs to a server');
    expect(direct).not.toMatch(/this channel|moderator/);
  });

  it.each(['discord', 'slack'])('%s: only who can set a digest up is led to it', async (platform) => {
    expect(await asked('/digest list', platform, 'T1', true)).toContain('/digest create');
    expect(await asked('/digest list', platform, 'T1')).not.toContain('/digest create');
    const how = (canManage: boolean) =>
      stage.ask('how do i set up a daily digest', { platform, user: { id: 'u', canManage } });
    expect(JSON.stringify(await how(true))).toContain('"digest setup"');
    expect(JSON.stringify(await how(false))).not.toContain('"digest setup"');
    expect(plainText(await how(false))).toContain('/digest setup');
  });
});
