// Many people who ask at once in both platforms, and beside them one who never stops; when each was acknowledged, and who was turned away.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeDiscord } from '../../../tests/fakes/discord/discord.ts';
import type { FakeInteraction } from '../../../tests/fakes/discord/state.ts';
import type { FakeSlack } from '../../../tests/fakes/slack/slack.ts';

/** Commands a second of people of whom each asks once, and of one who asks all the time, in `abusedPlatform`. */
export type Traffic = {
  perSecond: number;
  seconds: number;
  abuserPerSecond?: number;
  abusedPlatform?: 'discord' | 'slack';
};

/** Of those who ask once; acknowledgements in ms, of what was admitted. `lateMs`: how far the generator itself was behind, p99. */
export type TrafficReport = {
  sent: number;
  /** Told that there are too many questions, never acknowledged within three seconds, or (in Slack, where all are acknowledged) without an answer three seconds after the last one. */
  refused: number;
  ackMs: number[];
  abuserSent: number;
  lateMs: number;
};

/** Seven of ten ask in Discord, as in the trial of an operator. */
const DISCORD_SHARE = 0.7;
/** Both platforms give three seconds: https://docs.discord.com/developers/interactions/receiving-and-responding, https://docs.slack.dev/interactivity */
const LIMIT_MS = 3000;
/** How often it is looked whether all have their answer. */
const LOOK_MS = 250;
const QUESTIONS = [
  ['price', 'coins', 'tao'],
  ['coin', 'coin', 'near'],
  ['price', 'coins', 'btc eth'],
] as const;
const TOO_MANY = /Too many questions/;

let people = 0;

export async function play(ends: { discord: FakeDiscord; slack: FakeSlack }, traffic: Traffic): Promise<TrafficReport> {
  const { perSecond, seconds, abuserPerSecond = 0, abusedPlatform = 'discord' } = traffic;
  const inDiscord: FakeInteraction[] = [];
  const inSlack: { user: string; ms: Promise<number> }[] = [];
  const ask = (at: number, abuser: boolean): void => {
    const [command, option, value] = QUESTIONS[at % QUESTIONS.length] ?? QUESTIONS[0];
    const person = abuser ? 999_999 : people++;
    const isDiscord = abuser ? abusedPlatform === 'discord' : (at * DISCORD_SHARE) % 1 < DISCORD_SHARE;
    if (isDiscord) {
      const id = String(720_000_000_000_000_000n + BigInt(person));
      const asked = ends.discord.interact({ command, options: { [option]: value }, id });
      if (!abuser) inDiscord.push(asked);
      return;
    }
    const where = { user: `U0LOAD${person}`, channel: `C0LOAD${person % 500}` };
    const acknowledged = ends.slack.slash(`/${command}`, value, where).then(
      ({ ms }) => ms,
      () => Number.NaN,
    );
    if (!abuser) inSlack.push({ user: where.user, ms: acknowledged });
  };
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const [normal, abused] = [pace(perSecond, (at) => ask(at, false)), pace(abuserPerSecond, (at) => ask(at, true))];
  const started = performance.now();
  for (let passed = 0; passed < seconds; passed = (performance.now() - started) / 1000) {
    normal(Math.min(passed, seconds));
    abused(Math.min(passed, seconds));
    await wait(1);
  }
  delay.disable();
  const isOver = (): boolean =>
    inDiscord.every(({ message, ackMs }) => message !== null && !Number.isNaN(ackMs)) &&
    new Set(inSlack.map(({ user }) => user)).isSubsetOf(answeredInSlack(ends.slack));
  for (let waited = 0; waited < LIMIT_MS && !isOver(); waited += LOOK_MS) await wait(LOOK_MS);
  const admitted = inDiscord.filter(({ message }) => !TOO_MANY.test(JSON.stringify(message?.body ?? '')));
  const answered = answeredInSlack(ends.slack);
  const slackMs = await Promise.all(inSlack.filter(({ user }) => answered.has(user)).map(({ ms }) => ms));
  const ackMs = [...admitted.map((one) => one.ackMs), ...slackMs].filter((ms) => ms <= LIMIT_MS);
  const sent = inDiscord.length + inSlack.length;
  return {
    sent,
    refused: sent - ackMs.length,
    ackMs,
    abuserSent: Math.floor(abuserPerSecond * seconds),
    lateMs: delay.percentile(99) / 1e6,
  };
}

/** Who had an answer, other than that there are too many questions. */
function answeredInSlack(slack: FakeSlack): ReadonlySet<string> {
  const used = [...slack.space.responses.values()].filter(({ uses }) => uses > 0);
  const told = slack.messages().filter(({ text }) => TOO_MANY.test(text));
  return new Set(used.map(({ user }) => user)).difference(new Set(told.map(({ ephemeralFor }) => ephemeralFor ?? '')));
}

/** Calls `work` as often as is due after `passed` seconds. */
function pace(perSecond: number, work: (at: number) => void): (passed: number) => void {
  let done = 0;
  return (passed) => {
    while (done < Math.floor(passed * perSecond)) work(done++);
  };
}

/** One command as soon as there is a connection; when it was answered. Asked again every 50 ms: a fresh connection may not listen yet. */
export async function firstAnswer(discord: FakeDiscord): Promise<{ at: number }> {
  await discord.until(() => discord.gateway.connections() > 0, 'a connection');
  const asked: FakeInteraction[] = [];
  const answered = (): boolean => asked.some(({ answerMs }) => !Number.isNaN(answerMs));
  while (!answered() && asked.length < 400) {
    asked.push(
      discord.interact({
        command: 'coin',
        options: { coin: 'tao' },
        id: String(730_000_000_000_000_000n + BigInt(people++)),
      }),
    );
    await wait(50);
  }
  const times = asked.map(({ sentAt, answerMs }) => sentAt + answerMs).filter((at) => !Number.isNaN(at));
  return { at: Math.min(...times) };
}
