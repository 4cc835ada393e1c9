// node-cron reads the same times from our parts of a date as from those of Intl, and makes no object of Intl.
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { runByClock } from '../../src/wiring/cron-log.ts';
import { utcParts, withUtcParts } from '../../src/wiring/utc-parts.ts';

/** As node-cron 4.6 asks for them (`getPartsFormatter`, `getOffsetFormatter`). */
const FORMS = [
  {
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
    ...({ second: '2-digit', weekday: 'short', hour12: false } as const),
  },
  { timeZoneName: 'shortOffset' },
] as const;

it('a part of a date is what Intl says', () => {
  const formats = FORMS.map((form) => new Intl.DateTimeFormat('en-US', { ...form, timeZone: 'UTC' }));
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const ours = Object.fromEntries(utcParts(date).map(({ type, value }) => [type, value]));
      const [parts = {}, zone = {}] = formats.map((format) =>
        Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value])),
      );
      expect(ours['timeZoneName']).toBe(zone['timeZoneName']);
      for (const name of ['weekday', 'year', 'month', 'day', 'minute', 'second']) expect(ours[name]).toBe(parts[name]);
      expect(Number(ours['hour'])).toBe(Number(parts['hour']) % 24); // node-cron takes "24" for midnight
    }),
    { numRuns: 300 },
  );
});

it('a task by the clock asks Intl for nothing, when it is made and when it runs', async () => {
  const intl = vi.spyOn(Intl, 'DateTimeFormat');
  const ran = Promise.withResolvers<void>();
  const work = () => Promise.resolve(ran.resolve());
  const log = createLog({ level: 'silent', secrets: [], write: () => undefined });
  const task = runByClock('* * * * * *', work, { log, monotonic: () => 0 });
  const hourly = runByClock('17 * * * *', work, { log, monotonic: () => 0 });
  await ran.promise;
  expect(hourly.getNextRun()?.toISOString()).toMatch(/:17:00\.000Z$/);
  expect(intl).not.toHaveBeenCalled();
  await task.destroy();
  await hourly.destroy();
  intl.mockRestore();
});

it('formats for other zones are Intl’s, and so is everything afterwards, also when the work fails', () => {
  const { DateTimeFormat } = Intl;
  const berlin = withUtcParts(() => new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin' }));
  expect(berlin).toBeInstanceOf(DateTimeFormat);
  const failing = () =>
    withUtcParts(() => {
      throw new Error('refused');
    });
  expect(failing).toThrow('refused');
  expect(Intl.DateTimeFormat).toBe(DateTimeFormat);
});
