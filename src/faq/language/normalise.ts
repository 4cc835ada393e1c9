// Turns a chat message into plain lower-case words: what is not part of a question (mentions, emoji, code, links) goes.

/** Longest input that is looked at, in UTF-16 units; the rest is cut before any other work. */
export const MAX_INPUT_LENGTH = 2_000;

/** Longest text after Unicode folding; some single characters fold to eighteen. */
const MAX_FOLDED_LENGTH = 2_000;

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|where|when|how|that|there|it|he|she|here)'?s\b/gu, '$1 is'],
  [/\bwanna\b/gu, 'want to'],
  [/\bgonna\b/gu, 'going to'],
  [/\b(?:gotta|hafta)\b/gu, 'have to'],
  [/\blemme\b/gu, 'let me'],
  [/\b(?:dunno|idk)\b/gu, 'do not know'],
  [/\bcan'?t\b|\bcannot\b/gu, 'can not'],
  [/\bwon'?t\b/gu, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|would|should|could)n'?t\b/gu, '$1 not'],
  [/\b(i)'?m\b/gu, 'i am'],
  [/\b(\w{2,})'(?:re)\b/gu, '$1 are'],
  [/\b(\w+)'ve\b/gu, '$1 have'],
  [/\b(\w+)'ll\b/gu, '$1 will'],
  [/\b(\w+)'d\b/gu, '$1 would'],
  [/\b(\w+)'s\b/gu, '$1'],
];

/** What chat shortens, and what it means. */
const SHORTHAND: ReadonlyMap<string, string> = new Map(
  (
    'u: you, ur: your, r: are, pls: please, plz: please, ppl: people, abt: about, bc: because, cuz: because, ' +
    'w: with, wo: without, wat: what, wut: what, wht: what, waht: what, hw: how, hwo: how, wen: when, whn: when, ' +
    'whr: where, wer: where, y: why, diff: difference, btw: by the way, rn: right now, txn: transaction, ' +
    'tx: transaction, txs: transactions, acc: account, addy: address, addr: address, amt: amount, msg: message, ' +
    'thru: through, tho: though, bcs: because, sth: something, smth: something, dev: developer, ' +
    'devs: developers, mcap: market cap, val: validator, vals: validators, vali: validator, valis: validators, ' +
    'sn: subnet, sns: subnets, subs: subnets, reg: registration, regs: registrations, sec: second, ' +
    'secs: seconds, min: minimum, mins: minutes, hrs: hours, k: thousand, mil: million, m: million, vs: versus, ' +
    'eli5: explain, info: information, pw: password, pwd: password, pass: password, n: and, q: question, ' +
    'ppls: people, yrs: years, yr: year, wk: week, th: the, da: the, da1: the, em: them, ya: you, yall: you, ' +
    'xchange: exchange, mgmt: management'
  )
    .split(', ')
    .map((pair): [string, string] => {
      const [short = '', full = ''] = pair.split(': ');
      return [short, full];
    }),
);

/**
 * Lower-case text of letters, digits and single spaces, with `.` between sentences and `,` between clauses.
 * Never longer than a few thousand characters, whatever comes in; '' when nothing that could be a question is left.
 */
export function normaliseText(raw: string): string {
  let text = raw.slice(0, MAX_INPUT_LENGTH).normalize('NFKC').slice(0, MAX_FOLDED_LENGTH);
  text = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase();
  text = text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/gu, '')
    .replace(/```[^`]*(?:```|$)/gu, ' . ')
    .replace(/<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,25}>/gu, ' ')
    .replace(/<!?(?:https?:|@|#|subteam)[^>\s]{0,300}>/gu, ' urltoken ')
    .replace(/\b(?:https?:\/\/|www\.)[^\s<>]{1,300}/gu, ' urltoken ')
    .replace(/(^|\s)@[\w.-]{1,40}/gu, '$1 ')
    .replace(/:[a-z0-9_+-]{2,32}:/gu, ' ')
    .replace(/[τ𝜏]/gu, ' tao ')
    .replace(/[‘’`´]/gu, "'")
    .replace(/\$\s?([a-z]{2,6})\b/gu, ' $1 ')
    .replace(/\$/gu, ' usd ')
    .replace(/%/gu, ' percent ')
    .replace(/(\d)[,'](?=\d{3}\b)/gu, '$1')
    .replace(/(\d)\.(?=\d)/gu, '$1p')
    .replace(/\b(\d{1,4})(?:m|mil|mio)\b/gu, '$1 million ')
    .replace(/([a-z])\1{2,}/gu, '$1$1');
  for (const [pattern, replacement] of CONTRACTIONS) text = text.replace(pattern, replacement);
  text = text
    .replace(/[.!?;\n\r…]+/gu, ' . ')
    .replace(/(?:[,:()[\]{}—–]|\p{Extended_Pictographic})+/gu, ' , ')
    .replace(/[^\p{L}\p{N}.,]+/gu, ' ');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 400)
    .map((word) => SHORTHAND.get(word) ?? word.slice(0, 40))
    .join(' ')
    .trim();
}
