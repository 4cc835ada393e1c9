// Local times: the published vectors, every zone against an independent oracle, one occurrence per local date, changes of law.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, readDays } from '../../../src/digests/schedule/days.ts';
import {
  nextOccurrence,
  occurrenceOn,
  occurrencesUntil,
  type Schedule,
} from '../../../src/digests/schedule/schedule.ts';
import { staleFacts, ZONE_FACTS, zoneNotes } from '../../../src/digests/schedule/tzdata-check.ts';
import { allZones } from '../../../src/digests/schedule/parse-zone.ts';
import { mismatches } from './zone-sweep.ts';
import { DAY } from '../../../src/base/clock.ts';

const daily = (zone: string, time: string): Schedule => ({ zone, time, days: DAYS });
const utc = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString().slice(0, 16));

/** Zone, local date, local time, moment in UTC, time that the wall clock then shows. */
const VECTORS = `
Europe/Berlin 2027-03-28 02:30 2027-03-28T01:30 03:30
Europe/Berlin 2027-10-31 02:30 2027-10-31T00:30 02:30
America/New_York 2027-03-14 02:30 2027-03-14T07:30 03:30
America/New_York 2027-11-07 01:30 2027-11-07T05:30 01:30
Europe/London 2027-03-28 01:15 2027-03-28T01:15 02:15
Africa/Cairo 2027-04-30 00:30 2027-04-29T22:30 01:30
Africa/Cairo 2027-10-28 23:30 2027-10-28T20:30 23:30
Asia/Beirut 2027-03-28 00:00 2027-03-27T22:00 01:00
America/Santiago 2027-09-05 00:15 2027-09-05T04:15 01:15
America/Santiago 2027-04-03 23:30 2027-04-04T02:30 23:30
Australia/Lord_Howe 2027-10-03 02:15 2027-10-02T15:45 02:45
Australia/Lord_Howe 2027-04-04 01:45 2027-04-03T14:45 01:45
Antarctica/Troll 2027-03-28 01:30 2027-03-28T01:30 03:30
Antarctica/Troll 2027-10-31 01:30 2027-10-30T23:30 01:30
Pacific/Chatham 2027-09-26 02:50 2027-09-25T14:05 03:50
Asia/Kathmandu 2027-01-15 09:00 2027-01-15T03:15 09:00
Pacific/Kiritimati 2027-01-01 00:00 2026-12-31T10:00 00:00
Pacific/Pago_Pago 2027-01-01 23:59 2027-01-02T10:59 23:59
America/Vancouver 2026-11-22 09:00 2026-11-22T16:00 09:00
America/Edmonton 2026-11-22 09:00 2026-11-22T15:00 09:00
Africa/Casablanca 2026-11-22 09:00 2026-11-22T09:00 09:00
America/Havana 2026-11-22 09:00 2026-11-22T13:00 09:00
America/Inuvik 2026-11-22 09:00 2026-11-22T15:00 09:00`;

describe('occurrences', () => {
  const stale = new Set(staleFacts().map((fact) => fact.zone));
  it.each(
    VECTORS.trim()
      .split('\n')
      .map((line) => line.split(' ')),
  )('%s %s %s is %s UTC', (zone = '', date = '', time = '', expected = '', shown = '') => {
    if (stale.has(zone)) return expect(zoneNotes().join(' ')).toContain(zone); // this Node's data is older than the law: it must say so
    const found = occurrenceOn(daily(zone, time), Temporal.PlainDate.from(date));
    expect([found?.date, utc(found?.at)]).toEqual([date, expected]);
    expect(
      Temporal.Instant.fromEpochMilliseconds(found?.at ?? 0)
        .toZonedDateTimeISO(zone)
        .toPlainTime()
        .toString({ smallestUnit: 'minute' }),
    ).toBe(shown);
  });

  it('skips a date that does not exist, and does not double the next one', () => {
    const apia = daily('Pacific/Apia', '09:00');
    expect(occurrenceOn(apia, Temporal.PlainDate.from('2011-12-30'))).toBeNull();
    const dates = occurrencesUntil(
      apia,
      Date.parse('2011-12-28T00:00Z'),
      null,
      Date.parse('2012-01-02T00:00Z'),
      40,
    ).map((found) => found.date);
    expect(dates).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01', '2012-01-02']); // 2 January 09:00 there is still 1 January in UTC
    const times = occurrencesUntil(
      apia,
      Date.parse('2011-12-20T00:00Z'),
      null,
      Date.parse('2012-01-10T00:00Z'),
      40,
    ).map((found) => found.at);
    times.slice(1).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(12 * 3_600_000));
  });

  it('agrees with the oracle in a sample of all zones over 400 days', () => {
    const zones = allZones().filter((_, index) => index % 17 === 0);
    expect(zones.length).toBeGreaterThan(20);
    const result = mismatches(
      [...zones, 'Australia/Lord_Howe', 'Africa/Cairo', 'Antarctica/Troll', 'Pacific/Chatham'],
      { from: '2026-11-20', days: 400, times: 6 },
    );
    expect(result.checked).toBeGreaterThan(60_000);
    expect(result.wrong).toEqual([]);
  });

  it('gives exactly one per wanted local date, in any zone, from any moment', () => {
    const schedule = fc.record({
      zone: fc.constantFrom(...allZones()),
      time: fc
        .integer({ min: 0, max: 1439 })
        .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`),
      days: fc.subarray([...DAYS], { minLength: 1 }),
    });
    fc.assert(
      fc.property(
        schedule,
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') }),
        (wish, from) => {
          const found = occurrencesUntil(wish, from, null, from + 60 * DAY, 100);
          expect(new Set(found.map((occurrence) => occurrence.date)).size).toBe(found.length);
          const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(wish.zone).toPlainDate();
          const wanted = Array.from({ length: 58 }, (_, index) => first.add({ days: index + 1 })).filter((date) =>
            wish.days.includes(DAYS[date.dayOfWeek - 1] ?? 'mon'),
          );
          for (const date of wanted) expect(found.some((occurrence) => occurrence.date === date.toString())).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps 12 hours between two occurrences when the zone or the law changes', () => {
    const last = { date: '2026-11-22', at: Date.parse('2026-11-22T16:00Z') };
    const next = nextOccurrence(daily('Pacific/Kiritimati', '09:00'), last.at, last); // 23 November 09:00 there is only 3 h later
    expect(next?.date).toBe('2026-11-24');
  });

  it('is null only without days', () => {
    expect(nextOccurrence({ ...daily('UTC', '09:00'), days: [] }, 0, null)).toBeNull();
    expect(
      nextOccurrence({ ...daily('UTC', '09:00'), days: readDays(['sat']) }, Date.parse('2026-11-22T10:00Z'), null)
        ?.date,
    ).toBe('2026-11-28');
  });
});

describe('zone facts', () => {
  it('hold or are named', () => {
    expect(ZONE_FACTS.length).toBeGreaterThanOrEqual(8);
    const notes = zoneNotes().join(' ');
    for (const fact of ZONE_FACTS) expect(notes.includes(fact.zone)).toBe(staleFacts().includes(fact));
    expect(zoneNotes([])).toEqual([]);
  });
});
