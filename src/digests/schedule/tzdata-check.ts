// Is the time zone data of this process up to date? Facts from the release notes of tzdb, checked at start.

/** At `at` the clocks of `zone` stand `minutes` from UTC; `law`: the tzdb release that says so. */
export type ZoneFact = { zone: string; at: string; minutes: number; law: string };

/**
 * The newest changes first, then rules that older data got wrong, then two that never change (they catch broken data).
 * Source: the NEWS file of https://www.iana.org/time-zones
 */
export const ZONE_FACTS: readonly ZoneFact[] = [
  { zone: 'America/Havana', at: '2026-11-22T12:00Z', minutes: -240, law: '2026f' },
  { zone: 'America/Inuvik', at: '2026-11-22T12:00Z', minutes: -360, law: '2026d' },
  { zone: 'America/Edmonton', at: '2026-11-22T12:00Z', minutes: -360, law: '2026c' },
  { zone: 'Africa/Casablanca', at: '2026-11-22T12:00Z', minutes: 0, law: '2026c' },
  { zone: 'America/Vancouver', at: '2026-11-22T12:00Z', minutes: -420, law: '2026b' },
  { zone: 'America/Asuncion', at: '2026-07-01T12:00Z', minutes: -180, law: '2025a' },
  { zone: 'Asia/Almaty', at: '2026-07-01T12:00Z', minutes: 300, law: '2024a' },
  { zone: 'Africa/Cairo', at: '2026-07-01T12:00Z', minutes: 180, law: '2023c' },
  { zone: 'America/Mexico_City', at: '2026-07-01T12:00Z', minutes: -360, law: '2022f' },
  { zone: 'Asia/Kathmandu', at: '2026-11-22T12:00Z', minutes: 345, law: '1986' },
  { zone: 'Europe/Berlin', at: '2026-07-01T12:00Z', minutes: 120, law: '1996' },
];

/** What a zone's clock shows at a moment, in minutes from UTC; null when the zone is unknown. */
function offsetMinutes(zone: string, at: string): number | null {
  try {
    return Temporal.Instant.from(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  } catch {
    return null;
  }
}

/** The facts that this process's data contradicts. */
export function staleFacts(facts: readonly ZoneFact[] = ZONE_FACTS): ZoneFact[] {
  return facts.filter((fact) => offsetMinutes(fact.zone, fact.at) !== fact.minutes);
}

/** One sentence per problem for the start log and `/about`; none when the data is up to date. */
export function zoneNotes(stale: readonly ZoneFact[] = staleFacts()): string[] {
  if (stale.length === 0) return [];
  const zones = stale.map((fact) => `${fact.zone} (changed in ${fact.law})`).join(', ');
  return [
    `Time-zone data (tzdata ${process.versions.tz ?? 'of unknown version'}) is out of date for ${zones}: digests there can be an hour off until Node.js is updated or ICU_TIMEZONE_FILES_DIR points to newer data.`,
  ];
}

/** A caution for one zone, or null. */
export function zoneCaution(zone: string, stale: readonly ZoneFact[] = staleFacts()): string | null {
  const fact = stale.find((candidate) => candidate.zone === zone);
  return fact === undefined
    ? null
    : `Careful: the time zone data here is older than the latest change of law for ${zone}, so the digest can be an hour off.`;
}

/** Identifies the data that computed a `next_at`: when it changes, all of them are computed again. */
export function zoneDataVersion(): string {
  const known = ZONE_FACTS.map((fact) => (offsetMinutes(fact.zone, fact.at) === fact.minutes ? '1' : '0')).join('');
  return `${process.versions.tz ?? '?'}/${known}`;
}
