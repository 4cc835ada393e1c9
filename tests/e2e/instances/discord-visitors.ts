// People in Discord who ask, mention, set up digests and vote while processes come and go; every process hears every event.
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../../fakes/discord/events.ts';
import type { FakeInteraction, FakeMessage } from '../../fakes/discord/state.ts';
import { idsOf, somebody, textOf } from '../../bots/discord/people.ts';
import { type Stage, within } from './stage.ts';

/** How long somebody looks at an unanswered command before going on. */
const PATIENCE_MS = 12_000;
const MANAGER = { permissions: MANAGE_CHANNELS, toAll: true } as const;

let channels = 0;
export const discordChannel = (): string => String(711_000_000_000_000_000n + BigInt(++channels));

/** What was asked, and where; all of it is looked at in the end. */
export type DiscordBook = {
  asked: FakeInteraction[];
  /** Two presses of one button at once: the newer answer takes the place of the older. */
  pairs: FakeInteraction[][];
  mentions: { channel: string; at: number }[];
  /** Channels in which a digest was started: `sure` when the bot said so; then perhaps its end was asked for, and confirmed. */
  digests: { channel: string; sure: boolean; ending: boolean; deleted: boolean }[];
  votes: { pressed: number; thanked: number };
};

export const openDiscordBook = (): DiscordBook => ({
  asked: [],
  pairs: [],
  mentions: [],
  digests: [],
  votes: { pressed: 0, thanked: 0 },
});

export function discordVisitors({ discord, database }: Stage, book: DiscordBook) {
  const has = (asked: FakeInteraction) => !Number.isNaN(asked.answerMs) || asked.followUps.length > 0;
  const ask = async (wish: Parameters<typeof discord.interact>[0]): Promise<FakeMessage | null> => {
    const asked = discord.interact({ id: somebody(), toAll: true, ...wish });
    book.asked.push(asked);
    await within(PATIENCE_MS, () => has(asked));
    return asked.message ?? asked.followUps[0] ?? null;
  };
  const textsOf = ({ message, followUps }: FakeInteraction): string => [message, ...followUps].map(textOf).join('\n');
  return {
    async price(): Promise<void> {
      await ask({ command: 'price', options: { coins: 'tao' } });
    },
    mention(): Promise<void> {
      const channel = discordChannel();
      discord.message({ content: `<@${discord.botId}> price tao`, channel, id: somebody(), toAll: true });
      book.mentions.push({ channel, at: discord.now() });
      return Promise.resolve();
    },
    /** Sets a digest up by command and button, with two presses at once, and deletes it again when `thenDelete`. @returns whether it was started */
    async digest(thenDelete: boolean): Promise<boolean> {
      const channel = discordChannel();
      const draft = await ask({
        command: 'digest create',
        options: { time: '09:00', timezone: 'UTC' },
        channel,
        ...MANAGER,
      });
      const confirm = idsOf(draft?.body ?? {}).find((id) => id.includes('confirm='));
      if (draft === null || confirm === undefined) return false;
      const record = { channel, sure: false, ending: false, deleted: false };
      book.digests.push(record);
      const press = () => discord.interact({ button: confirm, on: draft, id: somebody(), channel, ...MANAGER });
      const presses = [press(), press()];
      book.pairs.push(presses);
      const started = () => presses.some((pressed) => textsOf(pressed).includes('Digest started'));
      record.sure = await within(PATIENCE_MS, started);
      if (!record.sure || !thenDelete) return record.sure;
      record.ending = true; // a database that restarts may do it and not live to say so
      const row = await database()
        .sql.selectFrom('subscription')
        .select('id')
        .where('channel', '=', channel)
        .executeTakeFirst();
      const gone = await ask({ command: 'digest delete', options: { digest: row?.id ?? '' }, channel, ...MANAGER });
      record.deleted = textOf(gone).includes('Digest deleted');
      return true;
    },
    async vote(): Promise<void> {
      const answer = await ask({ command: 'faq', options: { question: 'what is bittensor' } });
      const vote = idsOf(answer?.body ?? {}).find((id) => id.includes('vote=yes'));
      if (answer === null || vote === undefined) return;
      book.votes.pressed++;
      const pressed = discord.interact({ button: vote, on: answer, id: somebody(), toAll: true });
      book.asked.push(pressed);
      if (await within(PATIENCE_MS, () => textsOf(pressed).includes('Thank you'))) book.votes.thanked++;
    },
    place: { tenant: GUILD, channel: CHANNEL },
  };
}
