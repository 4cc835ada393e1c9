// Life of the gateway connection: lost, told to leave, forgotten, forbidden, ended.
import { TOKEN_REFUSED } from '../../../../src/bots/discord/receive/close-codes.ts';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import { inviteLink } from '../../../../src/bots/discord/invite.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import type { FakeDiscord } from '../../../fakes/discord/discord.ts';
import { answers, open } from './connection.ts';

it('shows the invite link once, also when the session begins anew', async () => {
  const said: string[] = [];
  const { discord, started } = await open({}, { say: (line) => void said.push(line) });
  await started;
  await answers(discord);
  const { identifies } = discord.gateway.counts;
  discord.gateway.invalidate(false);
  await discord.until(() => discord.gateway.counts.identifies > identifies, 'identify');
  await answers(discord);
  expect(said).toEqual([`invite   ${inviteLink(discord.applicationId)}`]);
});

describe.concurrent('a connection that goes', () => {
  const cases: [string, (discord: FakeDiscord) => void, 'resume' | 'identify'][] = [
    ['TCP drop', ({ gateway }) => gateway.drop(), 'resume'],
    ['op 7', ({ gateway }) => gateway.reconnect(), 'resume'],
    ['close 4000', ({ gateway }) => gateway.closeWith(4000), 'resume'],
    ['close 1001', ({ gateway }) => gateway.closeWith(1001), 'resume'],
    ['close 4009', ({ gateway }) => gateway.closeWith(4009), 'resume'],
    ['op 9 with resume', ({ gateway }) => gateway.invalidate(true), 'resume'],
    ['op 9 without resume', ({ gateway }) => gateway.invalidate(false), 'identify'],
    ['close 4007', ({ gateway }) => gateway.closeWith(4007), 'identify'],
  ];
  it.each(cases)('%s: comes back and loses no question', async (_name, harm, way) => {
    const { discord, bot, started } = await open();
    await started;
    await answers(discord);
    const { identifies } = discord.gateway.counts;
    harm(discord);
    if (way === 'resume') {
      await discord.until(() => discord.gateway.counts.resumes > 0, 'resume');
      expect(discord.gateway.counts.identifies).toBe(identifies);
    } else await discord.until(() => discord.gateway.counts.identifies > identifies, 'identify');
    await discord.until(() => discord.gateway.connections() > 0 && bot.health().connected, 'connected again');
    await answers(discord);
  });

  it('answers what was asked while it was away', async () => {
    const { discord, started } = await open();
    await started;
    discord.gateway.drop();
    await discord.until(() => discord.gateway.connections() === 0);
    const question = discord.interact({ command: 'help' });
    await discord.answered(question);
    expect(question.refused).toEqual([]);
  });
});

describe.concurrent('an end for good', () => {
  it.each([
    [4004, 'Reset Token'],
    [4010, 'DISCORD_SHARDS'],
    [4012, 'newer version'],
    [4013, 'newer version'],
    [4014, 'Privileged Gateway Intents'],
  ])('close %d at login: says why, does not come back, does not throw', async (code, words) => {
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot, reasons, started } = await open({}, { now: clock.now, sleep: clock.sleep });
    await started;
    discord.gateway.refuseIdentifyWith(code);
    const { identifies } = discord.gateway.counts;
    discord.gateway.invalidate(false);
    await discord.until(() => reasons.length > 0, 'fatal');
    expect(reasons[0]).toContain(words);
    expect(bot.health()).toMatchObject({ connected: false, detail: reasons[0] });
    await clock.advance(3_600_000);
    expect(discord.gateway.counts.identifies).toBe(identifies + 1);
    expect(reasons).toHaveLength(1);
  });

  it('a wrong token ends at once', async () => {
    const { discord, bot, reasons, started } = await open(
      {},
      { token: 'NzUwMDAwMDAwMDAwMDAwMDAw.wrong.abcdefghijklmnopqrstuvwxyz012345' },
    );
    await started;
    expect(reasons).toEqual([TOKEN_REFUSED]);
    expect(bot.health().connected).toBe(false);
    expect(discord.gateway.counts.identifies).toBe(0);
  });

  it('a platform that is down or out of sessions is tried again later', async () => {
    const { discord, bot, reasons, started } = await open({});
    discord.faults.push((call) =>
      call.path === '/gateway/bot' && discord.count('GET', /gateway/) < 3 ? { answer: { status: 503 } } : undefined,
    );
    await started;
    await discord.until(() => bot.health().connected, 'connected at last');
    expect(reasons).toEqual([]);
    const spent = await open({ remaining: 0 });
    await spent.started;
    expect(spent.bot.health()).toMatchObject({
      connected: false,
      detail: expect.stringMatching(
        /takes no new connection until \d{4}-\d\d-\d\d \d\d:\d\d UTC .*trying again$/,
      ) as string,
    });
    expect(spent.discord.gateway.counts.identifies).toBe(0);
  });

  it('stops in order and answers what is under way', async () => {
    const answer = Promise.withResolvers<Card>();
    const clock = createTestClock({ freeMs: 100 });
    const { discord, bot, started } = await open(
      {},
      { now: clock.now, sleep: clock.sleep, dispatch: () => answer.promise },
    );
    await started;
    const waiting = clock.asked(250);
    const question = discord.interact({ command: 'help' });
    await waiting;
    await clock.advance(250);
    await discord.until(() => question.callbacks.length > 0);
    const stopped = Promise.all([bot.stop(), bot.stop()]);
    answer.resolve(messageCard('x', 'ok', 'x', 'slow'));
    await stopped;
    expect(question.message).not.toBeNull();
    expect(bot.health().connected).toBe(false);
  });
});
