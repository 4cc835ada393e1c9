// How digests are said to those who manage them: the wish, its state, what became of the last post, and what can be done now.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestButtons, setupArgs } from '../../../src/app/digest/requester.ts';
import { stoppedCard } from '../../../src/app/digest/stopped-card.ts';
import {
  channelSpan,
  coinSymbols,
  digestFields,
  lastWords,
  stateWords,
  whenWords,
} from '../../../src/app/digest/text.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { spanText } from '../../../src/app/card.ts';
import type { DigestView } from '../../../src/digests/digests.ts';
import { openSampleCore } from '../../fakes/core.ts';

const AT = Date.UTC(2026, 10, 23, 8);
const view: DigestView = {
  id: 'abcdefgh',
  status: 'active',
  channel: 'C1',
  coins: ['bittensor', 'near'],
  currency: 'eur',
  locale: 'en',
  replace: false,
  subnets: false,
  time: '09:00',
  zone: 'Europe/Berlin',
  days: 'every weekday',
  nextAt: AT,
  notes: [],
  trouble: null,
  lastSentAt: null,
  twin: null,
};

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

const fieldsOf = (change: Partial<DigestView>, locale = 'en'): Record<string, string> =>
  Object.fromEntries(
    digestFields({ ...view, ...change }, core.services, { here: 'C1', locale }).map(({ label, value }) => [
      label,
      spanText(value),
    ]),
  );

describe('its fields', () => {
  it('say when, in whose zone, with which coins and where; nothing that was not wished for', () => {
    expect(fieldsOf({})).toEqual({
      When: 'every weekday at 09:00 Europe/Berlin',
      Next: 'Mon 23 Nov 2026, 09:00 (Europe/Berlin)',
      Coins: 'TAO, NEAR in EUR',
      Where: 'this channel',
    });
  });

  it('say the next run in the language of whoever asks, on the clock of the digest', () => {
    expect(fieldsOf({ zone: 'America/New_York' }, 'de')['Next']).toBe('Mo. 23. Nov. 2026, 03:00 (America/New_York)');
  });

  it('name what else was wished for', () => {
    expect(fieldsOf({ subnets: true, replace: true })).toMatchObject({
      Subnets: 'top movers, new and removed ones',
      Replace: 'the previous post is deleted when the next one goes out',
    });
  });

  it.each<[Partial<DigestView>, string]>([
    [{ status: 'paused' }, 'paused'],
    [{ status: 'draft' }, 'not started yet'],
    [{ status: 'suspended', trouble: 'I may not write there.' }, 'stopped. I may not write there.'],
    [{ status: 'dead' }, 'stopped.'],
  ])('say why there is no next run: %o', (change, words) => {
    expect(fieldsOf({ ...change, nextAt: null })['Next']).toBe(words);
    expect(stateWords({ ...view, ...change })).toBe(words);
  });
});

it('coins by their tickers, subnets by their numbers, and a coin that nobody knows any more by its id', () => {
  expect(coinSymbols(['bittensor', 'sn64', 'gone-coin-of-yesteryear'], core.services)).toBe(
    'TAO, SN64, gone-coin-of-yesteryear',
  );
  expect(whenWords({ ...view, days: 'every day', time: '00:00', zone: 'UTC' })).toBe('every day at 00:00 UTC');
});

it('a place is this channel, another one, or a person', () => {
  expect(channelSpan(view, 'C1')).toBe('this channel');
  expect(channelSpan(view, 'C2')).toEqual({ kind: 'channel', id: 'C1', text: 'another channel' });
  expect(channelSpan({ ...view, channel: 'user:42' }, 'user:42')).toBe('a direct message');
});

it.each<[Partial<DigestView>, string]>([
  [{}, 'nothing posted yet'],
  [{ lastSentAt: AT }, 'last: posted Mon 23 Nov 2026, 09:00 (Europe/Berlin)'],
  [{ lastSentAt: AT, trouble: 'The channel was deleted.' }, 'last: refused'],
])('what became of the last post: %o', (change, words) => {
  expect(lastWords({ ...view, ...change }, 'en')).toBe(words);
});

it('offers what can be done now: a stopped digest cannot be paused, and posts nothing', () => {
  const labels = (status: DigestView['status']) => {
    const block = digestButtons({ ...view, status });
    return block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [];
  };
  expect(labels('active')).toEqual(['Pause', 'Preview', 'Post now', 'Delete']);
  for (const status of ['paused', 'suspended'] as const)
    expect(labels(status)).toEqual(['Resume', 'Preview', 'Delete']);
});

it('what was chosen in the menus stays chosen, and nothing is made up', () => {
  expect(setupArgs({ time: '09:00', coins: 'bittensor,near' })).toEqual({ time: '09:00', coins: 'bittensor,near' });
  expect(setupArgs({ time: '09:00', timezone: 'UTC', coins: 'near' })).toEqual({
    time: '09:00',
    timezone: 'UTC',
    coins: 'near',
  });
});

it('whoever made a digest that stopped reads why and what to do, and no promise where it is over', () => {
  const told = (change: Partial<DigestView>) =>
    plainText(stoppedCard({ ...view, nextAt: null, ...change }, core.services));
  const stopped = told({ status: 'suspended', trouble: 'I may not write there.' });
  expect(stopped).toContain(
    'TAO, NEAR every weekday at 09:00 Europe/Berlin in another channel. I may not write there.',
  );
  expect(stopped).toContain('/digest resume abcdefgh');
  const over = told({ status: 'dead' });
  expect(over).toContain('It does not run any more.');
  expect(over).not.toContain('/digest resume');
});

it('one that is damaged says so, with the last post on a clock that is known, and is only to be deleted', () => {
  const damaged = {
    ...view,
    damaged: true,
    coins: [],
    zone: 'Mars/Phobos',
    nextAt: null,
    trouble: 'It is damaged.',
  } as const;
  expect(fieldsOf(damaged)).toMatchObject({ Next: 'stopped. It is damaged.', Coins: 'they cannot be read' });
  expect(lastWords(damaged, 'en')).toBe('nothing posted yet');
  expect(lastWords({ ...damaged, lastSentAt: AT }, 'en')).toBe('last: posted Mon 23 Nov 2026, 08:00 (UTC)');
  const told = plainText(stoppedCard({ ...damaged, status: 'suspended' }, core.services));
  expect(told).toContain('a digest that cannot be read every weekday');
  expect(told).toContain('/digest delete abcdefgh');
  expect(told).not.toContain('/digest resume');
});
