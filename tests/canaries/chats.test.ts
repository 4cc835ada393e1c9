// No secret comes out in chats: what people in Discord and Slack are sent while every source fails and says back what it was told.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/discord.ts';
import { openBot, type RunningBot } from '../fakes/running-bot.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/slack.ts';
import { CANARIES, canariesIn, canariesOf, canarySettings, SOCKET } from './canaries.ts';
import { type EchoServer, startEcho } from './echo.ts';

let echo: EchoServer;
let discord: FakeDiscord;
let slack: FakeSlack;
let bot: RunningBot;
beforeAll(async () => {
  const secrets = canariesOf({ ...canarySettings(''), ...SOCKET });
  [echo, discord, slack] = await Promise.all([
    startEcho('refusal', secrets),
    startFakeDiscord({ token: CANARIES.discordToken }),
    startFakeSlack({ token: CANARIES.slackBotToken, appToken: CANARIES.slackAppToken }),
  ]);
  bot = await openBot({
    ...canarySettings(echo.origin),
    ...SOCKET,
    DISCORD_API_URL: discord.url,
    SLACK_API_URL: slack.url,
    DATABASE_URL: 'sqlite::memory:',
  });
  await discord.until(() => discord.state.commands.size > 0, 'commands registered');
  await slack.until(() => slack.socket.open() > 0);
});
afterAll(async () => {
  await bot.stop();
  await Promise.all([echo.close(), discord.close(), slack.close()]);
});

const QUESTIONS = [
  ['price', 'tao'],
  ['coin', 'tao'],
  ['network', ''],
  ['about', ''],
] as const;

it('answers that say what failed, and answers that the platform refuses', async () => {
  for (const [command, coin] of QUESTIONS)
    await discord.answered(discord.interact({ command, options: coin === '' ? {} : { coin } }));
  for (const [at, [command, coin]] of QUESTIONS.entries()) {
    await slack.slash(`/${command}`, coin, { user: `U0ASK${at}` });
    await slack.waitFor(at + 1);
  }
  expect(JSON.stringify(slack.messages().map(({ sent }) => sent))).toMatch(/could not|cannot|unreadable|not known/i);
  const refused = { answer: { status: 400, body: { message: Object.values(SOCKET).join(' '), code: 50035 } } } as const;
  discord.faults.push((call) => (/callback|webhooks/.test(call.path) ? refused : undefined));
  slack.fault = (call) => (call.method === 'response_url' ? { kind: 'error', error: CANARIES.slackBotToken } : null);
  discord.interact({ command: 'about' });
  await slack.slash('/about', '', { user: 'U0LAST' });
  await expect.poll(() => bot.lines.filter((line) => /failed|could not be/.test(line)).length).toBeGreaterThan(1);
  await bot.stop();
  expect(canariesIn(JSON.stringify(discord.state.calls.map(({ body }) => body)))).toEqual([]);
  expect(canariesIn(JSON.stringify(slack.space.calls.map(({ args }) => ({ ...args, token: '' }))))).toEqual([]);
  expect(canariesIn(JSON.stringify(slack.messages()))).toEqual([]);
  expect(bot.lines.filter((line) => canariesIn(line).length > 0)).toEqual([]);
});
