// People in Slack who ask, mention and set up digests; like Slack, this side repeats an event that is not acknowledged within three seconds.
import type { FakeMessage } from '../../fakes/slack/slack.ts';
import { ADMINS, type Stage, within } from './stage.ts';

const PATIENCE_MS = 12_000;
/** https://docs.slack.dev/apis/events-api#responding */
const ACK_MS = 3000;
const RETRIES = 3;

let channels = 0;
export const slackChannel = (): string => `C1${String(++channels).padStart(6, '0')}`;

export type SlackBook = {
  /** Things that were asked, one answer each: commands only if `acknowledged`, as Slack tells people when they were not. */
  asked: { channel: string; at: number; acknowledged: boolean; what: string }[];
  digests: { channel: string; sure: boolean }[];
};

export const openSlackBook = (): SlackBook => ({ asked: [], digests: [] });

export function slackVisitors({ slack }: Stage, book: SlackBook) {
  let [serial, turn] = [0, 0];
  const run = crypto.randomUUID().slice(0, 8);
  const messagesIn = (channel: string): FakeMessage[] =>
    slack.messages().filter((message) => message.channel === channel);
  const record = (channel: string, what: string) => {
    const asked = { channel, at: Date.now(), acknowledged: false, what };
    book.asked.push(asked);
    return asked;
  };
  /** Resolves when it is acknowledged, or when nobody waits any more; a late acknowledgement still counts. */
  const sent = async (asked: { acknowledged: boolean }, send: () => Promise<unknown>): Promise<boolean> => {
    void send().then(
      () => (asked.acknowledged = true),
      () => undefined,
    );
    return await within(ACK_MS, () => asked.acknowledged);
  };
  return {
    async price(): Promise<void> {
      const channel = slackChannel();
      await sent(record(channel, 'command'), () => slack.slash('/price', 'tao', { channel, user: `U${channel}` }));
    },
    async mention(): Promise<void> {
      const channel = slackChannel();
      const ts = slack.space.nextTs();
      const event = { type: 'app_mention', user: `U${channel}`, text: `<@${slack.botUser}> price tao`, ts, channel };
      const body = { event_id: `Ev${run}${++serial}` };
      const asked = record(channel, 'mention');
      for (let attempt = 0; attempt <= RETRIES; attempt++)
        if (await sent(asked, () => slack.event(event, body))) return;
    },
    /** @returns whether it was started */
    async digest(): Promise<boolean> {
      const channel = slackChannel();
      const where = { channel, user: ADMINS[turn++ % ADMINS.length] ?? '' };
      const asked = record(channel, 'draft');
      // Slack says at once that a command failed, and the person tries again.
      if (!(await sent(asked, () => slack.slash('/digest', 'create 09:00 UTC tao', where)))) return false;
      if (!(await within(PATIENCE_MS, () => messagesIn(channel).length > 0))) return false;
      const [draft] = messagesIn(channel);
      if (draft === undefined || !JSON.stringify(draft.blocks).includes('"Start"')) return false;
      const digest = { channel, sure: false };
      book.digests.push(digest);
      const press = () => sent({ acknowledged: false }, () => slack.press(draft, 'Start', where));
      await Promise.all([press(), press()]);
      const started = () => messagesIn(channel).some(({ text }) => text.includes('Digest started'));
      digest.sure = await within(PATIENCE_MS, started);
      return digest.sure;
    },
    messagesIn,
  };
}
