// Questions whose only safe answer is known: may somebody be given the seed phrase, is a link or a stranger to be trusted.

const SECRET = String.raw`(?:seed|seed ?phrase|mnemonic|recovery (?:phrase|words)|secret (?:phrase|words|key)|private key|(?:12|24) words|cold ?key password)`;
/** Somebody wants it, or it is to be given away. */
const GIVEN = /\b(?:share|sharing|give|giving|send|tell|asks?|asked|asking|wants?|needs?|enter|type|reveal|show)\b/;
const WHO =
  /\b(?:support|admins?|mods?|moderators?|staff|help ?desk|someone|somebody|they|team|agent|website|site|form|dm|friend|validation|anyone|safe|ok|okay|should i)\b/;
/** It has happened: that is another question. */
const HAPPENED =
  /\b(?:leaked|stolen|hacked|lost|already|accident(?:ally)?|gave|shared|entered|typed|compromised|forgot)\b/;
const LINK = /https?:\/\/\S+|\bwww\.\S+/;
const TRUSTED = /\b(?:scam|legit|safe|real|fake|trust(?:ed|worthy)?|phishing|airdrop|claim)\b/;

/** True when the answer is that on scams, whatever else the words are near to. `text`: as typed. */
export function asksAboutScam(text: string): boolean {
  const line = text.toLowerCase();
  if (HAPPENED.test(line)) return false;
  if (LINK.test(line) && TRUSTED.test(line.replaceAll(new RegExp(LINK, 'g'), ' '))) return true;
  return new RegExp(String.raw`\b${SECRET}\b`).test(line) && GIVEN.test(line) && WHO.test(line);
}
