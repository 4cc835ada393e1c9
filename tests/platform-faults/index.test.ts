// The list of faults is true: each number is in it, and each test that it names is there.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DELIVERY } from './delivery.ts';
import { DISCORD } from './discord.ts';
import { FAKES } from './fakes.ts';
import type { Fault } from './fault.ts';
import { RUNNING, SETTING_UP } from './running.ts';
import { SLACK } from './slack.ts';

const TESTS = path.join(import.meta.dirname, '..');
const ALL = { DELIVERY, DISCORD, SLACK, SETTING_UP, RUNNING, FAKES };

function holds([file, title]: readonly [string, string]): boolean {
  try {
    const text = readFileSync(path.join(TESTS, file), 'utf8');
    return ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`));
  } catch {
    return false;
  }
}

const absent = (faults: readonly Fault[]) => faults.flatMap(({ tests }) => tests.filter((test) => !holds(test)));

it.each(Object.entries(ALL))('%s: every test is there', (_name, faults) => {
  expect(absent(faults)).toEqual([]);
});

it('a test that is not there is noticed', () => {
  const planted = [['bots/pacer.test.ts', 'no such title'] as const, ['nowhere.test.ts', 'x'] as const];
  expect(absent([{ fault: '0', was: '', tests: planted }])).toEqual(planted);
});

it('has every number from 1 to 30, each with a test', () => {
  const numbers = Object.values(ALL).flatMap((faults) =>
    faults.flatMap(({ fault, tests }) => (tests.length === 0 ? [] : fault.split(', '))),
  );
  const expected = [...Array.from({ length: 30 }, (_, index) => String(index + 1)), '20a', '20b', 'Discord', 'Slack'];
  expect(numbers.toSorted()).toEqual(expected.toSorted());
});
