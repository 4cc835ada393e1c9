// What people say of their own alerts and digests: "show my alerts", "delete alert 1", "stop all digests", "pause my digest".
import type { Reading } from '../reading.ts';

const SHOW =
  /^(?:(?:what|which) (?:are |is )?|(?:please )?(?:show|list|see|view|give|get|display|check)(?: me)? |do i have |where (?:are|is) )?(?:all )?(?:of )?(?:my |our |the |this channel's |any |active |existing |current )*(alert|digest)s?(?: list| do i have| are there| are active| here)?$/;
/** "my alert" needs more than the noun: "alerts" alone is a command, "alert" alone a question. */
const ALONE = /^(?:alert|digest)s?$/;
const CHANGE =
  /^(?:please )?(delete|remove|cancel|stop|end|drop|kill|clear|disable|unsubscribe(?: from)?|turn off|pause|snooze|mute|resume|restart|continue|unpause) (?:(?:all|every|each) )?(?:of )?(?:my |our |the |this |that |daily )*(alert|digest)(s?)(?: (?:number |no\.? |nr\.? |#)?(\d{1,3}|(?=[a-z-]*\d)[a-z0-9-]{6,10}))?(?: for (\d{1,2}|an?) (day|week)s?)?(?: please)?$/;
/** "cancel the tao alert": which one it is stands in the list. */
const NAMED =
  /^(?:please )?(delete|remove|cancel|stop|end|pause|resume) (?:my |our |the |this |that )?(?:[\p{L}\p{N}]+ ){1,3}(alert|digest)s?$/u;
/** "don't alert me", "stop pinging me", "mute everything". */
const QUIET =
  /^(?:please )?(?:(?:don'?t|do not|never|no more|stop|quit) (?:alert|ping|notify|tell|message|dm|warn|bother)(?:p?ing|ying)?\b|mute (?:all|everything|me)\b|no more alerts\b|leave me alone$)/;
const SEVERAL = /\b(?:all|every|each)\b/;
/** Whoever wants it to stop can have it back. */
const VERBS: Readonly<Record<string, 'pause' | 'resume'>> = {
  pause: 'pause',
  stop: 'pause',
  disable: 'pause',
  'turn off': 'pause',
  mute: 'pause',
  snooze: 'pause',
  resume: 'resume',
  restart: 'resume',
  continue: 'resume',
  unpause: 'resume',
};

/** The command on one's own alerts or digests, or null. `text`: lower case, without marks. Several at once are never changed by words: they are listed, with what to do `next`. */
export function ownWish(text: string): { command: string; reading: Reading } | null {
  const changed = CHANGE.exec(text);
  if (changed !== null) {
    const [, verb = '', group = '', plural = '', which, count, unit] = changed;
    const name = VERBS[verb] ?? 'delete';
    if (count !== undefined && name !== 'pause') return null; // nothing is deleted for some days
    const isOne = which !== undefined || (plural === '' && !SEVERAL.test(text));
    if (!isOne) return wish(`${group} list`, { next: name });
    const one = which === undefined ? {} : { [group]: which };
    if (count === undefined) return wish(`${group} ${name}`, one);
    const days = (count.startsWith('a') ? 1 : Number(count)) * (unit === 'week' ? 7 : 1);
    return group === 'alert'
      ? wish('alert pause', { ...one, days: String(days) })
      : wish('digest pause', one, ['A digest stays paused until it is resumed.']);
  }
  const [, verb = '', group] = NAMED.exec(text) ?? [];
  if (group !== undefined) return wish(`${group} list`, { next: VERBS[verb] ?? 'delete' });
  if (QUIET.test(text)) return wish('alert list', { next: 'pause' });
  const shown = SHOW.exec(text)?.[1];
  return shown === undefined || ALONE.test(text) ? null : wish(`${shown} list`);
}

function wish(command: string, args: Record<string, string> = {}, remarks: string[] = []): ReturnType<typeof ownWish> {
  return { command, reading: { args, unknown: [], left: [], remarks } };
}
