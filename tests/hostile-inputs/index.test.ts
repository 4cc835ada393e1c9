// The list of hostile inputs is true: each test that it names is there.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONTENT } from './content.ts';
import { NAMES } from './names.ts';
import { REQUESTS } from './requests.ts';
import { SET_UP } from './set-up.ts';
import { SOURCES } from './sources.ts';
import { TYPED } from './typed.ts';

const TESTS = path.join(import.meta.dirname, '..');

/** A title is followed by what the test does, or by its options first. */
function holds(file: string, title: string): boolean {
  const text = readFileSync(path.join(TESTS, file), 'utf8');
  return ["'", '"', '`'].some((quote) =>
    text
      .split(`${quote}${title}${quote}`)
      .slice(1)
      .some((rest) => /^,\s*(\{[^{}]*\},\s*)?(async\b|\()/.test(rest)),
  );
}

it.each(Object.entries({ TYPED, NAMES, CONTENT, REQUESTS, SOURCES, SET_UP }))(
  '%s: every test is there',
  (_name, list) => {
    const missing = list.filter(([, file, title]) => !holds(file, title));
    expect(missing).toEqual([]);
  },
);
