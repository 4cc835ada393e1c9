// What became of everything that was asked, pressed and due: each list must be empty, its entries say what went wrong.
import type { FakeInteraction } from '../../fakes/discord/state.ts';
import type { DiscordBook } from './discord-visitors.ts';
import type { SlackBook } from './slack-visitors.ts';
import type { Stage } from './stage.ts';

export type Slot = { platform: 'discord' | 'slack'; channel: string };
export type Books = { discord: DiscordBook; slack: SlackBook; slots: Slot[] };

/** Around the moment in which a process is killed or stopped it may have said "taken" and gone no further. */
const LOST_WITH_IT_MS = 4000;

export function postsAt({ discord, slack }: Stage, { platform, channel }: Slot): number {
  return platform === 'discord'
    ? discord.messages(channel).length
    : slack.messages().filter((message) => message.channel === channel).length;
}

/** `cut`: when processes were killed or stopped (epoch ms). */
export async function tally(stage: Stage, { discord, slack, slots }: Books, cut: readonly number[]) {
  const lostAt = (at: number) => cut.some((moment) => Math.abs(at - moment) < LOST_WITH_IT_MS);
  const count = (platform: Slot['platform'], channel: string) => postsAt(stage, { platform, channel });
  const answered = (one: FakeInteraction) => !Number.isNaN(one.answerMs) || one.followUps.length > 0;
  const groups = [...discord.asked.map((one) => [one]), ...discord.pairs];
  const silent = groups.filter((group) => !group.some(answered)).flatMap(([one]) => one ?? []);
  const asked = slack.asked.filter(({ what }) => what !== 'draft');
  const rows = await stage.database().sql.selectFrom('subscription').select(['channel', 'status']).execute();
  const active = (channel: string) => rows.filter((row) => row.channel === channel && row.status === 'active').length;
  const started = [
    ...discord.digests,
    ...slack.digests.map((digest) => ({ ...digest, ending: false, deleted: false })),
  ];
  const votes = await stage.database().sql.selectFrom('vote').select('useful').execute();
  const useful = votes.reduce((sum, vote) => sum + vote.useful, 0);
  const { pressed, thanked } = discord.votes;
  return {
    answeredTwice: [
      ...discord.asked.filter(({ callbacks }) => callbacks.length > 1).map(({ id }) => id),
      ...discord.mentions.filter(({ channel }) => count('discord', channel) > 1),
      ...asked.filter(({ channel }) => count('slack', channel) > 1),
    ],
    lost: [
      ...silent.filter(({ sentAt }) => !lostAt(sentAt)).map(({ id, type, callbacks }) => ({ id, type, callbacks })),
      ...discord.mentions.filter(({ channel, at }) => count('discord', channel) === 0 && !lostAt(at)),
      ...asked.filter(({ channel, at, acknowledged }) => acknowledged && count('slack', channel) === 0 && !lostAt(at)),
    ],
    effects: [
      ...started.filter(({ channel }) => active(channel) > 1),
      ...started.filter(({ channel, sure, ending }) => sure && !ending && active(channel) === 0),
      ...started.filter(({ channel, deleted }) => deleted && active(channel) > 0),
      ...(useful > pressed || useful === 0 ? [{ useful, pressed, thanked }] : []), // an answer never waits for the count: while the database is away it is lost
    ],
    slots: slots.filter((slot) => postsAt(stage, slot) !== 1),
    refused: stage.slack.space.problems,
  };
}
