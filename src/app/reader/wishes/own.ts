// What people say of their own alerts and digests: "show my alerts", "delete alert 1", "stop all digests", "pause my digest".
import type { Reading } from '../reading.ts';

const SHOW =
  /^(?:(?:what|which) (?:are |is )?|(?:please )?(?:show|list|see|view|give|get|display|check)(?: me)? |do i have |where (?:are|is) )?(?:all )?(?:of )?(?:my |our |the |this channel's |any |active |existing |current )*(alert|digest)s?(?: list| do i have| are there| are active| here)?$/;
/** "my alert" needs more than the noun: "alerts" alone is a command, "alert" alone a question. */
const ALONE = /^(?:alert|digest)s?$/;
const CHANGE =
  /^(?:please )?(delete|remove|cancel|stop|end|drop|kill|clear|disable|unsubscribe(?: from)?|turn off|pause|mute|resume|restart|continue|unpause) (?:(?:all|every|each) )?(?:of )?(?:my |our |the |this |that |daily )*(alert|digest)(s?)(?: (?:number |no\.? |nr\.? |#)?(\d{1,3}|(?=[a-z-]*\d)[a-z0-9-]{6,10}))?(?: please)?$/;
const SEVERAL = /\b(?:all|every|each)\b/;
/** Whoever wants it to stop can have it back. */
const VERBS: Readonly<Record<string, 'pause' | 'resume'>> = {
  pause: 'pause',
  stop: 'pause',
  disable: 'pause',
  'turn off': 'pause',
  mute: 'pause',
  resume: 'resume',
  restart: 'resume',
  continue: 'resume',
  unpause: 'resume',
};

/** The command on one's own alerts or digests, or null. `text`: lower case, without marks. Several at once are never changed by words: they are listed. */
export function ownWish(text: string): { command: string; reading: Reading } | null {
  const changed = CHANGE.exec(text);
  if (changed !== null) {
    const [, verb = '', group = '', plural = '', which] = changed;
    const name = VERBS[verb] ?? 'delete';
    if (which !== undefined) return wish(`${group} ${name}`, { [group]: which });
    if (plural === '' && !SEVERAL.test(text)) return wish(`${group} ${name}`);
    return wish(`${group} list`, {}, [`One at a time: type \`/${group} ${name} 1\`, with the number from this list.`]);
  }
  const shown = SHOW.exec(text)?.[1];
  return shown === undefined || ALONE.test(text) ? null : wish(`${shown} list`);
}

function wish(command: string, args: Record<string, string> = {}, remarks: string[] = []): ReturnType<typeof ownWish> {
  return { command, reading: { args, unknown: [], left: [], remarks } };
}
