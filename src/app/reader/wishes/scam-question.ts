// Questions whose only safe answer is known: where does the seed phrase go, may somebody be given it, is a link or a stranger to be trusted.

const SECRET = String.raw`(?:seed|seed ?phrase|mnemonic|recovery (?:phrase|words)|secret (?:phrase|words|key)|private key|(?:12|24) words|cold ?key password)`;
const NAMES_SECRET = new RegExp(String.raw`\b${SECRET}\b(?! round)`);
const ENTERED = /\b(?:enter|type|put|paste|insert|input|need)\b/;
const NOT_NEEDED_FOR = /\b(?:(?:un)?stak(?:e|ing)|claim(?:ing)?|rewards?|balance|delegat(?:e|ing)|taostats)\b/;
/** Somebody wants it, or it is to be given away. */
const GIVEN = /\b(?:share|sharing|give|giving|send|tell|asks?|asked|asking|wants?|needs?|enter|type|reveal|show)\b/;
const WHO =
  /\b(?:support|admins?|mods?|moderators?|staff|help ?desk|someone|somebody|they|team|agent|website|site|form|dm|friend|validation|anyone|safe|ok|okay|should i)\b/;
/** It has happened: that is another question. */
const HAPPENED =
  /\b(?:leaked|stolen|hacked|lost|already|accident(?:ally)?|gave|shared|entered|typed|compromised|forgot)\b/;
const LINK = /https?:\/\/\S+|\bwww\.\S+/;
/** A name of a site as people write it in a chat, without "https". */
const SITE = /\b[a-z\d-]+\.(?:app|com|io|org|net|xyz|ai|co|me|site|online|finance|network|top|cc)\b/;
const GENUINE = /\b(?:scam|legit|legitimate|fake|trust(?:ed|worthy)?|phishing|safe|genuine)\b/;
const TRUSTED = /\b(?:scam|legit|safe|real|fake|trust(?:ed|worthy)?|phishing|airdrop|claim)\b/;

/** True when the answer is that on scams, whatever else the words are near to. `text`: as typed. */
export function asksAboutScam(text: string): boolean {
  const line = text.toLowerCase();
  if (HAPPENED.test(line)) return false;
  if (LINK.test(line) && TRUSTED.test(line.replaceAll(new RegExp(LINK, 'g'), ' '))) return true;
  if (SITE.test(line) && GENUINE.test(line)) return true;
  return NAMES_SECRET.test(line) && GIVEN.test(line) && WHO.test(line);
}

/** True when somebody wants to enter the secret for something that never needs it, such as staking. `text`: as typed. */
export function asksWhereSeedGoes(text: string): boolean {
  const line = text.toLowerCase();
  return !HAPPENED.test(line) && NAMES_SECRET.test(line) && ENTERED.test(line) && NOT_NEEDED_FOR.test(line);
}
