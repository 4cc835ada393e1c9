// Cuts greetings, thanks and small talk from around a question, so that only the question is weighed.
import { isWord } from './lexicon.ts';

/** Words that say nothing about the topic, in whatever order they come. */
const CHATTER = new Set(
  (
    'hey hi hello hiya howdy hola yo oi sup gm gn heya greetings welcome morning afternoon evening night day good happy nice ' +
    'monday tuesday wednesday thursday friday saturday sunday weekend week today tonight folks guys guy gang fam frens fren ' +
    'friend friends mate mates bro bros dude dudes sir sirs ser team all everyone everybody anyone anybody people ppl community ' +
    'mods mod admin admins amigos chat room here there peeps lads ladies gentlemen legends experts ' +
    'thanks thank thx ty tysm cheers appreciated appreciate advance please sorry apologies pardon excuse bother bothering ' +
    'lol lmao haha hehe rofl omg ok okay okey alright well so um uh hmm erm ah oh eh right anyway btw by the way way ' +
    'quick quickly short silly stupid dumb noob newbie basic simple random weird question questions q one incoming thing ask asking ' +
    'asked wondering wonder curious help helping me new to this first time poster long lurker been lurking around for a while ' +
    'hope hoping you your are is am was be doing do did well fine great i my have had has just joined join got back from ' +
    'can could someone somebody tell explain before after log off bed sleep work lunch coffee kids dog cat wife and or but if ' +
    'that it in on at with the an of not know where else much love guys luck bye later see ya kind kindly regards sincerely ' +
    'smile yay wow cool awesome super hugs respect again let us maybe probably forgive ignorance english bad missed obvious'
  ).split(' '),
);

/** Words that may go from the start without a mark behind them. */
const GREETINGS = new Set(
  'hey hi hello hiya howdy hola yo oi sup gm heya guys folks fam bro dude mate sir ser ok okay so um uh lol please'.split(
    ' ',
  ),
);

/** The normalised text (see `normaliseText`) without chatter at its ends; unchanged when nothing else would be left. */
export function trimChatter(text: string): string {
  const clauses = text.split(/ ?[.,] ?/u).filter((clause) => clause !== '');
  const isChatter = (clause: string) => clause.split(' ').every((word) => CHATTER.has(word));
  const first = clauses.findIndex((clause) => !isChatter(clause));
  if (first < 0) return text;
  const last = clauses.findLastIndex((clause) => !isChatter(clause));
  const words = clauses
    .slice(first, last + 1)
    .join(' , ')
    .split(' ');
  const start = words.findIndex((word) => isWord(word) && !GREETINGS.has(word));
  return start < 0 ? text : words.slice(start).join(' ');
}
