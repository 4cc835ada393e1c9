// The line under the name of a voice channel: whether it can be written, and the writing.
import type { RESTPutAPIChannelVoiceStatusJSONBody } from 'discord.js';
import type { VoiceStatus } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';
import { missingForStatus } from '../permissions.ts';
import type { Rest } from '../send/rest.ts';
import type { Rights } from '../send/rights.ts';
import { headOf } from '../../../base/visible-text.ts';

/** https://docs.discord.com/developers/resources/channel#set-voice-channel-status */
const LONGEST = 500;

export type VoiceStatusOptions = {
  rest: Pick<Rest, 'paced'>;
  rights: Pick<Rights, 'canShowStatus'>;
  /** Our own user id; null before the gateway said it. */
  self: () => string | null;
};

export function createVoiceStatus({ rest, rights, self }: VoiceStatusOptions): VoiceStatus {
  return {
    get remedy() {
      return `In that channel I need ${new Intl.ListFormat('en').format(missingForStatus(0n))}.`;
    },
    canShow({ tenant, channel }) {
      const own = self();
      return own === null ? Promise.resolve({ kind: 'unknown' }) : rights.canShowStatus(tenant, channel, own);
    },
    async show({ channel }, words) {
      const body: RESTPutAPIChannelVoiceStatusJSONBody = { status: words === null ? null : headOf(words, LONGEST) };
      try {
        await rest.paced('digest', (client) => client.put(`/channels/${channel}/voice-status`, { body }));
        return { kind: 'shown' };
      } catch (error) {
        const failure = failureOf(error);
        return failure.kind === 'bad-target' || failure.kind === 'bad-body'
          ? { kind: 'refused', reason: failure.reason, code: failure.code }
          : { kind: 'not-now', code: failure.code };
      }
    },
  };
}
