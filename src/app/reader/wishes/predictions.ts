// Questions for the future of a price: "wen moon", "will tao go to 1000", "should i buy" – they all get the same answer.
import { coinAt, isUnmistakable } from '../coins.ts';
import type { Token } from '../tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Longer messages are about more than that. */
const MOST_WORDS = 14;
/** What stands for a coin that hardly any other word means. */
const COIN = 'COIN';
/** What stands for a year to come. */
const LATER = 'LATER';
const THING = `(?:the )?(?:price of )?(?:my )?(?:${COIN}(?: price)?|price|prices|market)`;
const MOVES =
  '(?:go(?:ing)?(?: back)? (?:to|up|down|above|below|over|higher|lower|parabolic)|hit|reach|moon|pump|dump|crash|rise|fall|drop|recover|bounce|double|triple|explode|be worth|cost|get to|cross|break|\\d+x|be (?:at|above|over|below)|outperform)';
const DEAL = '(?:buy|sell|hold|invest|wait|ape|hodl|dca)';
const LOOSE = `(?:${COIN}|price|for|of|the|your|a|any|what|what's|whats|is|are|do|you|have|give|me|in|by|end|eoy|next|this|week|month|years?|long|short|term|\\d{1,2}|tomorrow|today|(?:20\\d\\d|LATER)|und|la|le|de|für|der|das|prognose|kurs)`;
const ABOUT_DEAL = `(?:${COIN}|more|some|now|today|or|not|in|into|my|it|the|dip|here|this|coin|still|yet|a|any|at|price|and|${DEAL})`;
/** A price as people write targets, and the time for it: "tao to 500", "tao $1k eoy". */
const TARGET = '[$€£]?\\d[\\d.,]*[km]?[$€£]?';
const WHEN =
  '(?:soon|when|eoy|eom|by (?:eoy|eom|then|christmas|xmas|summer|tomorrow|tonight|next \\w+|(?:20\\d\\d|LATER)|(?:the )?end of (?:the )?\\w+)|(?:this|next) (?:cycle|week|month|year|bull ?run)|in (?:20\\d\\d|LATER))';
/** A time that is still to come, behind a coin or its price: "in 10 days" as against "last 10 days". */
const COUNT = '(?:\\d+|an?|one|two|three|four|five|six|ten|twelve)';
const TO_COME = `(?:(?:(?:in|by|on) )?(?:LATER|${COUNT} years?|tomorrow|next (?:week|weekend|month|quarter|year|cycle|(?:mon|tues|wednes|thurs|fri|satur|sun)day))|in ${COUNT} (?:minutes?|hours?|days?|weeks?|months?))`;

const FORMS: readonly RegExp[] = [
  /^(?:so )?(?:wen|when) (?:COIN )?(?:moon|lambo|pump|rich|ath|bull ?run|alt ?season|10x|100x)(?: COIN)?$/,
  new RegExp(`^(?:so )?(?:wen|when) (?:${COIN} )?${TARGET}(?: ${COIN})?$`),
  new RegExp(`^${COIN} (?:wen|when) ${TARGET}$`),
  new RegExp(
    `^(?:${COIN}|price)(?: price)? (?:(?:at|by) )?(?:(?:the )?end of (?:the |this )?(?:year|month|week|cycle)|eoy|eom)$`,
  ),
  new RegExp(`^what (?:will|would|could) (?:my )?${TARGET} ${COIN} be(?: worth)?(?: |$)`),
  /^(?:will|can|could|would|is) it (?:ever |still )?(?:gonna |going to )?(?:go (?:back )?(?:up|down|to \$?\d\S*)|hit \$?\d\S*|reach \$?\d\S*|moon|pump|dump|crash)(?: |$)/,
  /^(?:(?:is|will|can|when will) )?(?:COIN )?(?:go(?:ing)? |fly )?to the moon$/,
  new RegExp(`^COIN (?:back )?to ${TARGET}(?: ${WHEN})?$`),
  new RegExp(`^(?:COIN (?:(?:at|to|hits?|hitting|above|over) )?${TARGET}|${TARGET} COIN) ${WHEN}$`),
  new RegExp(
    `^(?:(?:do|does) (?:you|anyone) think |you think )?(?:will|can|could|would|might|may|when will|when does) ${THING} (?:ever |still |soon )?${MOVES}(?: |$)`,
  ),
  new RegExp(
    `^(?:do you think |you think )${THING} (?:will|can|could|would|might|may) (?:ever |still )?${MOVES}(?: |$)`,
  ),
  new RegExp(
    `^is ${THING} (?:(?:gonna|going to) ${MOVES}|going (?:up|down|higher|lower) (?:tomorrow|soon|next|this|in|by|again))(?: |$)`,
  ),
  new RegExp(
    `^how (?:high|low|far|much) (?:can|will|could|might|would) ${THING} (?:go|be|get|be worth|reach|rise|fall|drop)(?: |$)`,
  ),
  new RegExp(`^what (?:will|could|would) ${THING} (?:be|cost|reach|be worth|do)(?: |$)`),
  new RegExp(`^(?:where|what) (?:will|is) ${THING} (?:be in|be by|going|heading|headed|gonna be)(?: |$)`),
  new RegExp(`^(?:should|shall) (?:i|we) ${DEAL}(?: ${ABOUT_DEAL})*$`),
  new RegExp(`^(?:${DEAL}|stake) or (?:${DEAL}|stake)(?: ${ABOUT_DEAL})*$`),
  new RegExp(
    `^(?=.* (?:buy|sell|hold|invest|buying|selling|holding|investing|investment|bet|time|moment)(?: |$))(?:is )?(?:it|now|today|this|${COIN}) (?:is )?(?:still )?(?:a |the )?(?:good|right|bad|best|great|too late|worth)(?: (?:time|moment|buy|investment|bet|to|for|it|in|${DEAL}|buying|investing|holding|${COIN}|now|right))+$`,
  ),
  new RegExp(`^is ${COIN} (?:undervalued|overvalued|bullish|bearish|a good project to invest in)$`),
  new RegExp(
    `^(?:${LOOSE} )*(?:predictions?|forecasts?|price targets?|outlook|prognose|prévisions?|predicción)(?: ${LOOSE})*$`,
    'u',
  ),
  new RegExp(
    `^(?:(?:what|what's|is|the|will|would|be|of|price|worth|value|und|how|much) )*${COIN}(?: (?:price|be|worth|value|cost|at|will))* ${TO_COME}$`,
  ),
  new RegExp(`^(?:soll|sollte|kann|muss) (?:ich|man) (?:jetzt )?(?:${COIN} )?(?:jetzt )?(?:kaufen|verkaufen|halten)$`),
  new RegExp(
    `^(?:wird|kann) (?:der )?(?:kurs von )?${COIN} (?:noch |wieder |auf \\S+ )?(?:steigen|fallen|explodieren|gehen)$`,
  ),
  new RegExp(`^(?:dois-je|faut-il|devrais-je) (?:acheter|vendre|garder)(?: (?:du |mes |des )?${COIN})?$`),
];
/** At the ends of such questions; they say nothing. */
const CHATTER = /^(?:hey|hi|so|and|please|pls|bot|taobot|guys|sir|ser|right|rn|man|bro|though|then|\?)$/;

/** True for a question that only a prediction or advice could answer. Words around it that mean something make it another question. */
export function asksForPrediction(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const plain = tokens.filter(({ word }) => !CHATTER.test(word));
  if (plain.length === 0 || plain.length > MOST_WORDS) return false;
  const thisYear = new Date(vocabulary.now()).getUTCFullYear();
  const words: string[] = [];
  for (let at = 0; at < plain.length; at++) {
    const coin = coinAt(plain, at, vocabulary);
    const isCoin = coin !== null && isUnmistakable(coin, vocabulary);
    const word = plain[at]?.word ?? '';
    words.push(isCoin ? COIN : /^20\d\d$/.test(word) && Number(word) > thisYear ? LATER : word);
    if (isCoin) at += coin.length - 1;
  }
  const text = words.join(' ');
  return FORMS.some((form) => form.test(text));
}
