// Where something cannot be, nobody is told of it: the terminal has no direct messages, the web page no channels and no moderators.
import { expect, it } from 'vitest';
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
