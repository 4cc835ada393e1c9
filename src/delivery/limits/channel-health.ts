// What a refused post means for its channel: look again, count, stop for a while, or give up for good.
import { DAY, HOUR } from '../../base/clock.ts';
import type { Refusal } from '../port.ts';

/** A gone channel gets a second look after an hour: a short outage of the platform looks the same. */
export const SECOND_LOOK_MS = HOUR;
/** A stopped channel is tried again after a week. */
export const PROBE_AFTER_MS = 7 * DAY;
/** After a month of vain tries it is retired: a server that removed us while nobody listened looks like one that forbids posting. */
export const GIVE_UP_AFTER_MS = 30 * DAY;
/** So many refusals in a row stop a channel that may come back. */
const STREAK = 3;
/** With this many counted, a channel that is tried again stops at the next refusal. */
export const PROBE_STREAK = STREAK - 1;
/** A channel that took no post for so long may have changed. */
const HEALTHY_FOR_MS = 7 * DAY;

/** `look-again`: the same delivery once more; the others give it up. `suspend`: it can come back; `retire`: it cannot. */
export type ChannelVerdict = 'look-again' | 'count' | 'suspend' | 'retire';

/** @param streak refusals in a row, this one included */
export function channelVerdict({ reason, code, before }: Refusal, streak: number): ChannelVerdict {
  if (reason === 'gone') return before === code ? 'retire' : 'look-again';
  if (reason === 'closed-dm') return streak >= STREAK ? 'retire' : 'count';
  return reason === 'archived' || streak >= STREAK ? 'suspend' : 'count';
}

/** Whether a channel took the last post, within a week: such channels go on while many posts are refused. */
export function isHealthy(
  { failStreak, lastSentAt }: { failStreak: number; lastSentAt: number | null },
  now: number,
): boolean {
  return failStreak === 0 && now - (lastSentAt ?? 0) < HEALTHY_FOR_MS;
}
