// Time zones as people type them: any IANA name in any case, a city, UTC or a fixed offset; else refused with suggestions.
import { UserError } from '../../base/errors.ts';
import { nearest } from '../../base/edit-distance.ts';

/** `note` is a caution to echo, e.g. that a fixed offset knows no daylight saving time. */
export type ZoneChoice = { zone: string; note: string | null };

/** Names that IANA prefers where ICU still answers with the old spelling. */
const MODERN: ReadonlyMap<string, string> = new Map([
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
]);

/** Abbreviations name an offset or several places, so they are refused; these are the places people usually mean. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['est', ['America/New_York', 'America/Toronto', 'America/Panama']],
  ['edt', ['America/New_York', 'America/Toronto', 'America/Detroit']],
  ['cst', ['America/Chicago', 'America/Mexico_City', 'Asia/Shanghai']],
  ['cdt', ['America/Chicago', 'America/Winnipeg', 'America/Menominee']],
  ['mst', ['America/Denver', 'America/Phoenix', 'America/Boise']],
  ['pst', ['America/Los_Angeles', 'America/Tijuana', 'Asia/Manila']],
  ['pdt', ['America/Los_Angeles', 'America/Tijuana', 'America/Vancouver']],
  ['cet', ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid']],
  ['cest', ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid']],
  ['bst', ['Europe/London', 'Asia/Dhaka', 'Europe/Dublin']],
  ['ist', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
  ['jst', ['Asia/Tokyo', 'Asia/Seoul', 'UTC']],
  ['aest', ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Melbourne']],
  ['et', ['America/New_York', 'America/Toronto', 'America/Detroit']],
  ['ct', ['America/Chicago', 'America/Winnipeg', 'America/Mexico_City']],
  ['mt', ['America/Denver', 'America/Edmonton', 'America/Phoenix']],
  ['pt', ['America/Los_Angeles', 'America/Vancouver', 'America/Tijuana']],
  ['wet', ['Europe/Lisbon', 'Atlantic/Canary', 'Africa/Casablanca']],
  ['eet', ['Europe/Athens', 'Europe/Helsinki', 'Africa/Cairo']],
  ['msk', ['Europe/Moscow', 'Europe/Minsk', 'Europe/Simferopol']],
  ['sgt', ['Asia/Singapore', 'Asia/Kuala_Lumpur', 'Asia/Manila']],
  ['hkt', ['Asia/Hong_Kong', 'Asia/Shanghai', 'Asia/Taipei']],
  ['brt', ['America/Sao_Paulo', 'America/Bahia', 'America/Fortaleza']],
]);
const USUAL = ['UTC', 'Europe/Berlin', 'America/New_York'];

/** Large cities that give no zone their name, by the zone whose clock they keep (tzdb, file zone1970.tab and its comments). */
const CITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'America/New_York': 'nyc new_york_city boston washington washington_dc miami atlanta philadelphia',
    'America/Chicago': 'houston dallas austin minneapolis new_orleans',
    'America/Los_Angeles': 'la san_francisco sf seattle san_diego las_vegas portland',
    'America/Toronto': 'ottawa montreal quebec',
    'Europe/Berlin': 'munich münchen hamburg frankfurt cologne köln stuttgart düsseldorf leipzig',
    'Europe/Vienna': 'wien',
    'Europe/Zurich': 'geneva genf genève basel bern zürich',
    'Europe/London': 'manchester edinburgh birmingham',
    'Europe/Madrid': 'barcelona valencia',
    'Europe/Rome': 'milan naples',
    'Europe/Paris': 'lyon marseille',
    'Asia/Kolkata': 'mumbai delhi new_delhi bangalore bengaluru chennai hyderabad calcutta',
    'Asia/Shanghai': 'beijing shenzhen guangzhou',
    'Asia/Ho_Chi_Minh': 'hanoi saigon',
    'Asia/Tokyo': 'osaka kyoto',
    'Asia/Dubai': 'abu_dhabi',
    'America/Sao_Paulo': 'rio rio_de_janeiro brasilia são_paulo',
    'Australia/Sydney': 'canberra',
  }).flatMap(([zone, cities]) => cities.split(' ').map((city): [string, string] => [city, zone])),
);

/** The places that an abbreviation can mean, or null when the text is no abbreviation. */
export function placesOf(typed: string): readonly string[] | null {
  return ABBREVIATIONS.get(typed.normalize('NFKC').trim().toLowerCase()) ?? null;
}

let known: readonly string[] | null = null;

/** All zones that can be chosen, canonical names, UTC first. */
export function allZones(): readonly string[] {
  known ??= [
    'UTC',
    ...Intl.supportedValuesOf('timeZone')
      .filter((zone) => zone !== 'UTC')
      .map((zone) => MODERN.get(zone) ?? zone)
      .sort(),
  ];
  return known;
}

/** The zone of a text, or null; cheap enough to ask for every word of a message. */
export function findZone(typed: string): ZoneChoice | null {
  const text = typed.normalize('NFKC').trim().replaceAll(/\s+/g, '_').slice(0, 60);
  const offset = fixedOffset(text);
  if (offset !== null) return { zone: offset, note: offset === 'UTC' ? null : fixedNote(offset) };
  const zone = namedZone(text) ?? byCity(text);
  return zone === null ? null : { zone, note: zone.startsWith('Etc/') ? fixedNote(zone) : null };
}

/**
 * Reads a zone and returns its canonical id.
 * @throws UserError with three suggestions; with the places that an abbreviation can mean
 */
export function readZone(typed: string): ZoneChoice {
  const found = findZone(typed);
  if (found !== null) return found;
  const places = suggestZones(typed, 3).join(', ');
  const shown = typed.slice(0, 60);
  throw new UserError(
    'bad-zone',
    placesOf(typed) === null
      ? `"${shown}" is not a time zone that I know. Did you mean ${places}?`
      : `"${shown}" can mean several places. Did you mean ${places}?`,
  );
}

const fixedNote = (zone: string): string => `${zone} is a fixed offset: it does not follow daylight saving time.`;

/** Zones for autocomplete and for "did you mean": by part of the name first, then by likeness. */
export function suggestZones(typed: string, most: number): string[] {
  const text = typed.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, '_').slice(0, 60);
  const abbreviation = ABBREVIATIONS.get(text) ?? [];
  const within = text === '' ? [] : allZones().filter((zone) => zone.toLowerCase().includes(text));
  const starting = within.filter((zone) => (zone.toLowerCase().split('/').at(-1) ?? '').startsWith(text));
  const enough = [...new Set([...abbreviation, ...starting, ...within])];
  const like = enough.length >= most || !/[a-z]/.test(text) ? [] : nearestCities(text, most);
  return [...new Set([...enough, ...like, ...USUAL])].slice(0, most);
}

function nearestCities(text: string, most: number): string[] {
  const cities = new Map(allZones().map((zone) => [cityOf(zone), zone]));
  return nearest(text.split('/').at(-1) ?? text, [...cities.keys()], most).flatMap((city) => cities.get(city) ?? []);
}

const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).toLowerCase();

/** "+05:30", "UTC+2", "GMT-3" → "+05:30", "+02:00", "-03:00"; between −12:00 and +14:00. */
function fixedOffset(text: string): string | null {
  const match = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(text);
  if (match?.[1] === undefined) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > (match[1] === '+' ? 14 : 12) * 60) return null;
  if (minutes === 0) return 'UTC';
  return `${match[1]}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function namedZone(text: string): string | null {
  if (/^(utc|gmt|z|zulu|etc\/(utc|gmt))$/i.test(text)) return 'UTC';
  if (!/^[a-z]+[/+-][a-z0-9/_+-]+$/i.test(text)) return null; // abbreviations like EST have no slash: see above
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return timeZone.includes('/') ? (MODERN.get(timeZone) ?? timeZone) : timeZone === 'UTC' ? 'UTC' : null;
  } catch {
    return null;
  }
}

let zonesOfCities: ReadonlyMap<string, readonly string[]> | null = null;

function byCity(text: string): string | null {
  const city = CITIES.get(text.toLowerCase());
  if (city !== undefined) return city;
  zonesOfCities ??= Map.groupBy(
    allZones().filter((zone) => zone.includes('/')),
    cityOf,
  );
  const [zone, other] = zonesOfCities.get(text.toLowerCase()) ?? [];
  return other === undefined ? (zone ?? null) : null;
}
