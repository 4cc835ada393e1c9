// A command that breaks on our side: what the person is told leads to the lines of the log.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBothBots } from './both-bots.ts';
import { textOf } from './discord/people.ts';

type Line = { msg: string; request?: string; reference?: string; command?: string; event?: string; platform?: string };

const both = openBothBots();
const mend: (() => void)[] = [];
beforeAll(() => {
  const { market } = both.discord.core.services;
  const { status } = market;
  market.status = () => {
    throw new Error('broken on purpose');
  };
  mend.push(() => (market.status = status));
});
afterAll(() => mend.forEach((one) => one()));

/** The reference that a card shows. */
const shownIn = (text: string) => /reference: (\w+)/.exec(text)?.[1] ?? 'no reference';

/** Every line of the requests in which something failed under this reference, by request. */
function linesOf(reference: string): Map<string | undefined, Line[]> {
  const lines = both.discord.core.lines.map((line) => JSON.parse(line) as Line);
  const failed = lines.filter((line) => line.reference === reference).map(({ request }) => request);
  return Map.groupBy(
    lines.filter(({ request }) => failed.includes(request)),
    ({ request }) => request,
  );
}

it('Discord: the reference on the card stands in the log, in a line of the request that began with the event', async () => {
  const { discord } = both.discord;
  const asked = [discord.interact({ command: 'about' }), discord.interact({ command: 'about' })];
  for (const one of asked) await discord.answered(one);
  for (const { id, message } of asked) {
    const requests = [...linesOf(shownIn(textOf(message))).values()];
    const lines = requests.find(([begin]) => begin?.event === `interaction ${id}`);
    expect(lines?.[0]).toMatchObject({ msg: 'event received', platform: 'discord' });
    expect(lines?.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['request failed', 'request']));
  }
});

it('Slack: the same, for a slash command and for a mention', async () => {
  const { slack } = both.slack;
  await slack.slash('/about', '', { user: 'U0ONE' });
  const [command] = await slack.waitFor(1);
  await slack.mention('/about', { user: 'U0TWO' });
  const [, mention] = await slack.waitFor(2);
  for (const message of [command, mention]) {
    const requests = [...linesOf(shownIn(JSON.stringify(message?.sent))).values()].filter(
      (lines) => lines[0]?.platform === 'slack',
    );
    expect(requests.length).toBeGreaterThan(0);
    for (const lines of requests) {
      expect(lines[0]).toMatchObject({ msg: 'event received' });
      expect(lines.find(({ msg }) => msg === 'request failed')).toMatchObject({ command: 'about' });
    }
  }
});
