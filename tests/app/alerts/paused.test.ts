// Alerts that we paused because nobody could be told: what their owner reads, and the command that starts them again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { failureWords } from '../../../src/alerts/failure-words.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { date } from '../../../src/format/dates.ts';
import { openSampleCore } from '../../fakes/core.ts';
import { createAlert, wish } from './wish.ts';

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

it.each(['closed-dm', 'archived', 'forbidden', 'blocked', 'uninstalled', 'too-large'])(
  'an alert that was refused with %s says how it is started again',
  (reason) => {
    expect(failureWords(reason, 'abcdefgh')).toMatch(/^[^`]+`\/alert resume abcdefgh`[^`]*\.$/u);
  },
);

it('one whose channel was deleted says how to have another', () => {
  expect(failureWords('gone', 'abcdefgh')).toMatch(/deleted.*`\/alert create`/u);
});

it('is called paused in the word that comes with the next command, and in the list', async () => {
  const user = 'owner';
  const id = await createAlert(core, user, 'tao above 300');
  const paused = core.database.sql.updateTable('alert').set({ status: 'stopped', last_error: 'closed-dm', told: 0 });
  await paused.where('id', '=', id).execute();
  const first = plainText((await wish(core, '/alert list', user)).card);
  expect(first).toContain(`⚠ paused · your alert ${id} (TAO above $300.00): I could not write you a direct message.`);
  expect(first).toContain(`Then run /alert resume ${id}`);
  expect(first).toMatch(/TAO above \$300\.00 · once · paused\. I could not/u);
  expect(first).not.toMatch(/stopped/iu);
  expect(plainText((await wish(core, '/alert list', user)).card)).not.toContain('⚠');
});

it('one that cannot be read is listed beside the others, in the history and the export, and deleted with a word', async () => {
  const user = 'unlucky';
  const bad = await createAlert(core, user, 'tao above 300');
  const good = await createAlert(core, user, 'tao above 310');
  await core.database.sql.updateTable('alert').set({ spec: '{broken' }).where('id', '=', bad).execute();
  const said = async (line: string) => plainText((await wish(core, line, user)).card);
  const list = await said('/alert list');
  expect(list).toContain(`an alert that cannot be read · What I stored of it is damaged`);
  expect(list).toContain(`/alert delete ${bad}`);
  expect(list).toContain(`TAO above $310.00 · once`);
  expect(list).toContain(good);
  expect(await said('/alert history')).toContain('Nothing yet');
  expect(await said(`/alert resume ${bad}`)).toContain(`/alert delete ${bad}`);
  expect(await said('/privacy export')).toMatch(new RegExp(`Alert ${bad} · .*\\{broken`, 'u'));
  expect(await said(`/alert delete ${bad}`)).toContain('Deleted: an alert that cannot be read');
  expect(await said('/alert list')).not.toContain(bad);
});

it('a list of several names the command that starts the first sleeping one again', async () => {
  const user = 'several';
  await createAlert(core, user, 'tao above 300');
  const id = await createAlert(core, user, 'tao above 310');
  expect(plainText((await wish(core, '/alert list', user)).card)).not.toContain('resume');
  await wish(core, `/alert pause ${id}`, user);
  const list = plainText((await wish(core, '/alert list', user)).card);
  const place = /(\d) TAO above \$310\.00/u.exec(list)?.[1] ?? 'nowhere'; // two of one millisecond stand in any order
  expect(list).toContain(`${place} is not watched now: /alert resume ${place} starts it again`);
});

it('a snooze in words lasts as long as was said, and one that is too long says how long it can be', async () => {
  await createAlert(core, 'sleeper', 'tao above 300');
  const said = async (line: string) => plainText((await wish(core, line, 'sleeper')).card);
  expect(await said('snooze my alert for 2 weeks')).toContain(`snoozed until ${dayIn(14)}`);
  const long = await said('pause my alert for 60 days');
  expect(long).toContain(`snoozed until ${dayIn(30)}`);
  expect(long).toContain('A snooze lasts 30 days at most.');
});

const dayIn = (count: number) => date(core.services.now() + count * DAY, 'en');
