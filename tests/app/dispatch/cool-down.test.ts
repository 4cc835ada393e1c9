// Whoever asks too much is refused before the words are read: a refusal must cost next to nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UnreadRequest } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

function typed(read: UnreadRequest['read']): UnreadRequest {
  const place = { tenant: 'T', channel: 'C' };
  return { platform: 'slack', user: { id: 'U' }, place, locale: 'en', via: 'text', read };
}

it('the sixteenth message at once is refused unread', async () => {
  let reads = 0;
  const ask = () =>
    core.dispatch(
      typed(() => {
        reads++;
        return Promise.resolve({ command: 'help', args: {}, locale: 'en', canManage: false });
      }),
    );
  for (let count = 1; count <= 15; count++) expect(await ask()).toMatchObject({ kind: 'help', outcome: 'ok' });
  expect(reads).toBe(15);
  expect(await ask()).toMatchObject({ outcome: 'refused', title: 'One moment', private: true });
  expect(reads).toBe(15);
});

it('a press costs a quarter of a message: sixty at once', async () => {
  const place = { tenant: 'T-press', channel: 'C' };
  const press = () =>
    core.dispatch({
      ...typed(() => Promise.resolve({ command: 'help', args: {}, locale: 'en', canManage: false })),
      place,
      via: 'control',
    });
  for (let count = 1; count <= 60; count++) expect(await press()).toMatchObject({ outcome: 'ok' });
  expect(await press()).toMatchObject({ outcome: 'refused', title: 'One moment', private: true });
});

it('what is read decides about rights, locale and remarks', async () => {
  const place = { tenant: 'T2', channel: 'C' };
  const card = await core.dispatch({
    ...typed(() =>
      Promise.resolve({ command: 'faq-gaps', args: {}, locale: 'de', canManage: false, remarks: ['I left out "x".'] }),
    ),
    place,
  });
  expect(card.outcome).toBe('refused');
  expect(plainText(card)).toContain('I left out "x".');
});

it('a reader that breaks is our bug, said calmly', async () => {
  const place = { tenant: 'T3', channel: 'C' };
  const card = await core.dispatch({ ...typed(() => Promise.reject(new Error('no reader'))), place });
  expect(card).toMatchObject({ outcome: 'error', title: 'Something broke on our side' });
});
