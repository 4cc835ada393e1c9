// Recognises text that somebody should not have typed here: recovery phrases, keys, addresses of wallets, mail, homes and telephones.

/** Longest text that is looked at, in UTF-16 units; questions are cut long before. */
const LONGEST = 4000;
/** The shortest recovery phrase (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki) has 12 words. */
const PHRASE_WORDS = 12;
/** Every English word of BIP-39 has 3 to 8 letters; questions have shorter ones between. */
const PHRASE_WORD =
  /^(?:\p{Script=Latin}{3,8}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,8})$/u;
/** Names of people and channels as platforms write them are numbers, but say nothing private. */
const MENTION = /<(?:@[!&]?|#|a?:\w{1,40}:)[\dA-Z]{1,25}>/gu;

const SHAPES: readonly RegExp[] = [
  /[^\s@]@[^\s@]+\.[^\s@]{2,}/u, // e-mail
  /(?=\S*\d)(?=\S*[a-z])[\w+/=.~-]{20,}/iu, // keys, tokens and addresses of wallets: letters and digits without a space
  /\b(?:0x)?[0-9a-f]{32,}\b/iu, // a key in hexadecimal digits, even without a letter
  /[a-z]{36,}/iu, // no word is as long
  /(?:\+|\b)\d(?:[\s().-]{0,2}\d){7,}/u, // telephone, card and account numbers: eight digits or more
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/u, // address of a computer
  /\b\d{1,5}[a-z]?,?\s+(?:[\p{L}'.-]+\s+){0,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|square)\b/iu,
  /(?:stra(?:ß|ss)e|\bstr\.|\brue\b|\bcalle\b|\bvia\b|weg|platz)[\p{L}\s.'-]{0,40}\s\d{1,4}\b/iu,
  /\b(?:pass(?:word|phrase|code)?|pwd|pin|mnemonic|seed(?: phrase)?|private key|secret(?: key)?)\b\s*(?:is|=|:)\s*\S/iu,
];

/** True when the text looks as if it held a secret or said who or where somebody is: such text is not kept. */
export function looksPrivate(text: string): boolean {
  const plain = text.slice(0, LONGEST).normalize('NFKC').replace(MENTION, ' ');
  return SHAPES.some((shape) => shape.test(plain)) || holdsPhrase(plain);
}

/** Twelve words in a row as word lists have them, whatever stands between them. */
export function holdsPhrase(text: string): boolean {
  let row = 0;
  for (const word of text.split(/[^\p{L}\p{M}]+/u)) {
    if (word === '') continue;
    row = PHRASE_WORD.test(word) ? row + 1 : 0;
    if (row >= PHRASE_WORDS) return true;
  }
  return false;
}
