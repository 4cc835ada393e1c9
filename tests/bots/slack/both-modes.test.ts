// With the settings of both ways to hear of events, the operator is told which one runs.
import { afterAll, expect, it } from 'vitest';
import { createPlatforms } from '../../../src/wiring/platforms.ts';
import { openTestCore } from '../../fakes/core.ts';

const SOCKET = { SLACK_APP_TOKEN: 'xapp-1-A0-1234567890' };
const HTTP = { SLACK_SIGNING_SECRET: '8f742231b10e8f742231b10e' };
const BOT = { SLACK_BOT_TOKEN: 'xoxb-1234567890' };
const SEVERAL = {
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: 'a-client-secret',
  SLACK_STATE_SECRET: 'a-long-random-text',
};

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const core of opened) await core.close();
});

it.each([
  [
    { ...BOT, ...SOCKET, ...HTTP },
    ['slack    Socket Mode runs: SLACK_SIGNING_SECRET is not used; for HTTP mode leave out SLACK_APP_TOKEN'],
  ],
  [
    { ...SEVERAL, ...SOCKET, ...HTTP },
    ['slack    HTTP mode runs, which several workspaces need: SLACK_APP_TOKEN is not used'],
  ],
  [{ ...BOT, ...SOCKET }, []],
  [{ ...BOT, ...HTTP }, []],
])('%o', async (settings, said) => {
  const core = await openTestCore({ settings });
  opened.push(core);
  const lines: string[] = [];
  const [bot] = await createPlatforms({
    ...core,
    core,
    say: (line) => void lines.push(line),
    count: () => undefined,
    onAnswer: () => undefined,
  });
  expect(bot?.name).toBe('slack');
  expect(lines).toEqual(said);
});
