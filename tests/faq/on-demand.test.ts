// The FAQ is made ready in small pieces after the start, and a question that comes before has its right answer all the same.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ContentError } from '../../src/base/errors.ts';
import { loadContent } from '../../src/content/load.ts';
import { createFaqOnDemand } from '../../src/faq/loading/on-demand.ts';
import { createFaqSearch } from '../../src/faq/search.ts';

const entries = [...loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values()];
const QUESTIONS = ['what is a subnet?', 'how do I stake my tao', 'was ist bittensor', 'bake a cake'];
const whole = createFaqSearch(entries);
const answers = QUESTIONS.map((question) => whole.ask(question));

it('is made ready over many turns, in which others have theirs', async () => {
  const state = { begun: false, ready: false };
  const faq = createFaqOnDemand(() => {
    state.begun = true; // the file is unpacked by then
    return entries;
  });
  const done = faq.prepare().finally(() => (state.ready = true));
  let turns = 0;
  for (; !state.ready; turns += Number(state.begun)) await turn();
  await done;
  expect(turns).toBeGreaterThan(150); // a third of a second in pieces of some two milliseconds
  expect(QUESTIONS.map((question) => faq.ask(question))).toEqual(answers);
});

it.each([1, 120])('a question after %i turns has the answer that it would have later', async (turns) => {
  const faq = createFaqOnDemand(() => entries);
  const done = faq.prepare();
  for (let count = 0; count < turns; count++) await turn();
  expect(QUESTIONS.map((question) => faq.ask(question))).toEqual(answers);
  await done;
  expect(faq.complete('what is', 3)).toEqual(whole.complete('what is', 3));
});

it('whoever waits before asking holds nobody up, and all who wait share one building', async () => {
  let builds = 0;
  const faq = createFaqOnDemand(() => {
    builds++;
    return entries;
  });
  const state = { done: 0 };
  const waiting = QUESTIONS.map(async (question) => {
    await faq.prepare();
    state.done++;
    return faq.ask(question);
  });
  let turns = 0;
  for (; state.done < QUESTIONS.length; turns += Number(builds > 0)) await turn();
  expect(await Promise.all(waiting)).toEqual(answers);
  expect([builds, turns > 150]).toEqual([1, true]);
});

it('a damaged model is named, then and by whoever asks', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'faq-')), 'faq-model.bin');
  writeFileSync(file, 'not a model');
  const faq = createFaqOnDemand(() => entries, pathToFileURL(file));
  await expect(faq.prepare()).rejects.toThrow(ContentError);
  expect(() => faq.ask('what is a subnet?')).toThrow(ContentError);
  await expect(faq.prepare()).rejects.toThrow(ContentError);
});
