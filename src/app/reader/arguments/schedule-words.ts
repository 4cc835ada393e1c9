// Words of schedules in the languages of members: what no coin is meant by, and weekdays with a mistake in them.
import { editDistance } from '../../../base/edit-distance.ts';

/** Which digests cannot keep: they run at one time, on the same days of every week. */
const UNKEPT = new RegExp(
  `^(?:${[
    'jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?',
    'märz|mai|juni|juli|okt(?:ober)?|dez(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
    'janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|spring|summer|autumn|winter|sommer|verano|été',
    'first|second|third|fourth|fifth|last|next|other|another|alternate|alternating|odd|even|none|never|no',
    'erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?|letzte[nrs]?|nächste[nrs]?|ungerade[nr]?|gerade[nr]?|nie|keine?',
    'primer[oa]?|segund[oa]|tercer[oa]?|últim[oa]|próxim[oa]|nunca|premier|première|deuxième|troisième|dernier|prochain|jamais',
    'weeks?|weekly|biweekly|bi-weekly|fortnight(?:ly)?|months?|monthly|bimonthly|quarter(?:s|ly)?|years?|yearly|annually|hours?|hourly|minutes?|holidays?',
    'wochen?|wöchentlich|monat(?:s|e|en|lich)?|jahre?n?|jährlich|stunden?|stündlich|feiertage?n?|weihnachten|ostern',
    'semanas?|semanal(?:mente)?|m[eê]s(?:es)?|mensal(?:mente)?|mensual(?:mente)?|años?|horas?|semaines?|mois|heures?|mensuel|hebdomadaire',
    'once|twice|times|einmal|zweimal|dreimal|veces|vez|fois|two|three|four|zwei|drei|vier|dos|tres|cuatro|deux|trois|quatre',
    'until|till|starting|start|beginning|begin|before|after|unless|bis|ab|hasta|desde|christmas|easter|xmas|navidad|noël',
    'today|tomorrow|tonight|yesterday|heute|morgen|gestern|hoy|mañana|aujourd’hui|demain',
    String.raw`\d{1,2}(?:st|nd|rd|th|er|º|ª)|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\.?|\d{4}-\d{2}-\d{2}`,
  ].join('|')})$`,
  'u',
);
/** They say more only beside others. */
const VAGUE = new Set(
  'dia dias giorno giorni todo toda ogni morning evening afternoon night day days daily weekday weekdays weekend weekends every each all am pm uhr o’clock oclock only per tag tage tagen día días jour jours jeden jede jedes alle cada todos todas chaque tous toutes nur solo sólo seulement'.split(
    ' ',
  ),
);
const EVERY =
  /^(?:every|each|all|jede[nrsm]?|alle|cada|tod[oa]s?|ogni|chaque|tous|toutes|elke|iedere|każd(?:y|ą|e|ego|ej)|co|každ[ýéou]u?|varje|se?tiap|mỗi|हर|كل|кожн(?:ий|ого|ої|у|е)|каждый|каждую|каждое)$/u;
/** "op maandag", "w poniedziałek", "सोमवार को": they say nothing more beside a day; English days have "on", so that OP stays a coin there. */
const BEFORE_DAY = /^(?:op|w|we|v|ve|på|am|às|na|nas|в|у|во|vào|pada|hari|يوم)$/u;
const AFTER_DAY = /^को$/u;
const ENGLISH_DAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?$/;
/** "om 9", "o 9", "kl 9", "jam 9", "9 बजे": the same beside a time. */
export const BEFORE_HOUR = 'at|um|om|o|v|w|kl|klockan|jam|pukul|lúc|الساعة|о|в|à|às|a las|alle';
export const BEHIND_HOUR = 'बजे|giờ|uur|hodin';
const HOUR_WORD = new RegExp(`^(?:${BEFORE_HOUR}|${BEHIND_HOUR})$`, 'u');
/** Tickers are as short. */
const SHORT = /^[a-z]{1,3}$/;
const ONLY = /^(?:only|nur|solo|sólo|solamente|seulement)$/;
const EXCEPT = /^(?:except|excluding|without|not|außer|ausser|ohne|excepto|exceto|eccetto|tranne|salvo|menos|sauf)$/;
const NAMES = 'monday tuesday wednesday thursday friday saturday sunday weekdays weekends daily'.split(' ');
/** Shorter words are a mistake away from too many others. */
const SHORTEST_MISTYPED = 5;
/** From this length on two mistakes are likelier than another word: "wensday". */
const LONG = 7;

/** True for a word of time that no digest can keep: "month", "feb", "first", "15th". */
export const isUnkept = (word: string): boolean => UNKEPT.test(word);

/** True for any word of time: never a coin of that ticker. */
export const isTimeWord = (word: string): boolean => VAGUE.has(word) || isUnkept(word);

export const isEvery = (word: string): boolean => EVERY.test(word);
/** True for "op" before "maandag"; `next`: the word behind it. */
export const isBeforeDay = (word: string, next: string): boolean => BEFORE_DAY.test(word) && !ENGLISH_DAY.test(next);
export const isAfterDay = (word: string): boolean => AFTER_DAY.test(word);
/** True for "om" and "बजे" beside a time; short ones count only where the days are not in English: OM and W are coins. */
export const isHourWord = (word: string, days: readonly string[]): boolean =>
  HOUR_WORD.test(word) && (!SHORT.test(word) || days.some((day) => day !== 'daily' && !ENGLISH_DAY.test(day)));
export const isOnly = (word: string): boolean => ONLY.test(word);
export const isExcept = (word: string): boolean => EXCEPT.test(word);

/** The weekday that a word with a mistake in it means ("mondey" → "monday"), or null. */
export function mistypedDay(word: string): string | null {
  if (word.length < SHORTEST_MISTYPED) return null;
  const most = word.length >= LONG ? 2 : 1;
  const near = NAMES.filter((name) => name.startsWith(word.slice(0, 1)))
    .map((name) => ({ name, distance: editDistance(word, name, most) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((one, other) => one.distance - other.distance);
  const [first, second] = near;
  return first === undefined || first.distance === second?.distance ? null : first.name;
}
