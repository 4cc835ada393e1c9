// The FAQ is made ready in small pieces by the first question, and let go of when nobody asked for a while; answers are the same at any time.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { ContentError } from '../../src/base/errors.ts';
import { loadContent } from '../../src/content/load.ts';
import { createFaqOnDemand } from '../../src/faq/loading/on-demand.ts';
import { createFaqSearch } from '../../src/faq/search.ts';

const entries = [...loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values()];
const QUESTIONS = ['what is a subnet?', 'how do I stake my tao', 'was ist bittensor', 'bake a cake'];
const whole = createFaqSearch(entries);
const answers = QUESTIONS.map((question) => whole.ask(question));
const IDLE_MS = 600_000;

afterEach(() => void vi.useRealTimers());

/** A search whose waiting is virtual; `reads()`: how often it was begun. */
function counted() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const state = { reads: 0 };
  const events: string[] = [];
  const faq = createFaqOnDemand(() => (state.reads++, entries), {
    idleMs: IDLE_MS,
    onChange: (what) => events.push(what),
  });
  return { faq, events, reads: () => state.reads };
}

it('is made ready over many turns, in which others have theirs', async () => {
  const state = { begun: false, ready: false };
  const faq = createFaqOnDemand(() => {
    state.begun = true; // the file is unpacked by then
    return entries;
  });
  const done = faq.prepare().finally(() => (state.ready = true));
  let turns = 0;
  for (; !state.ready; turns += Number(state.begun)) await turn();
  const search = await done;
  expect(turns).toBeGreaterThan(150); // half a second in pieces of some two milliseconds
  expect(QUESTIONS.map((question) => search.ask(question))).toEqual(answers);
  expect(search.complete('what is', 3)).toEqual(whole.complete('what is', 3));
});

it('all who wait share one building', async () => {
  let builds = 0;
  const faq = createFaqOnDemand(() => {
    builds++;
    return entries;
  });
  const state = { done: 0 };
  const waiting = QUESTIONS.map(async (question) => {
    const search = await faq.prepare();
    state.done++;
    return search.ask(question);
  });
  let turns = 0;
  for (; state.done < QUESTIONS.length; turns += Number(builds > 0)) await turn();
  expect(await Promise.all(waiting)).toEqual(answers);
  expect([builds, turns > 150]).toEqual([1, true]);
});

it('a damaged model is named, then and by whoever asks', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'faq-')), 'faq-model.bin');
  writeFileSync(file, 'not a model');
  const faq = createFaqOnDemand(() => entries, { file: pathToFileURL(file) });
  await expect(faq.prepare()).rejects.toThrow(ContentError);
  await expect(faq.prepare()).rejects.toThrow(ContentError);
});

it('nothing is read before it is needed, and two questions at once read it once', async () => {
  const { faq, events, reads } = counted();
  expect(reads()).toBe(0);
  const [first, second] = await Promise.all([faq.prepare(), faq.prepare()]);
  expect([first.ask('what is a subnet?'), second.ask('what is a subnet?')]).toEqual([answers[0], answers[0]]);
  expect(reads()).toBe(1);
  expect(events).toEqual(['ready']);
});

it('is let go of when nobody asked for ten minutes, and answers the same afterwards', async () => {
  const { faq, events, reads } = counted();
  await faq.prepare();
  vi.advanceTimersByTime(IDLE_MS - 1);
  const search = await faq.prepare(); // whoever asks puts it off
  expect(search.ask('what is a subnet?')).toEqual(answers[0]);
  vi.advanceTimersByTime(IDLE_MS - 1);
  expect(reads()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(events).toEqual(['ready', 'let go']);
  const again = await faq.prepare();
  expect(QUESTIONS.map((question) => again.ask(question))).toEqual(answers);
  expect(reads()).toBe(2);
});
