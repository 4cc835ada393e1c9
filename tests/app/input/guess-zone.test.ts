// The guess at somebody's time zone: the profile before the language, nothing invented, and always said.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guessZone } from '../../../src/app/input/guess-zone.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

it.each([
  ['de', undefined, 'Europe/Berlin', 'I guessed Berlin from your language.'],
  ['pt-BR', undefined, 'America/Sao_Paulo', 'I guessed Sao Paulo from your language.'],
  ['de', 'America/New_York', 'America/New_York', 'New York is the time zone of your profile.'],
  ['en-US', undefined, 'UTC', 'I do not know your time zone, so I took UTC: choose yours below.'],
  ['ja', 'Mars/Phobos', 'Asia/Tokyo', 'I guessed Tokyo from your language.'],
  ['__proto__', undefined, 'UTC', 'I do not know your time zone, so I took UTC: choose yours below.'],
])('%s, %s: %s', (locale, timeZone, zone, note) => {
  const asked = timeZone === undefined ? { locale } : { locale, timeZone };
  expect(guessZone(asked, core.services)).toEqual({ zone, note });
});
