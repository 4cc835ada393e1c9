// A morning post set up inside the Home tab: menus, preview, start, all in the tab; it comes as a direct message to whoever set it up.
import { expect, it } from 'vitest';
import { homeView } from '../../../fakes/slack/home-view.ts';
import { openScenes } from '../scene.ts';

const scenes = openScenes();

it('goes from the greeting over three menus to a running post, and back by Cancel', async () => {
  const user = 'U0CHIEF';
  const scene = await scenes.open({ fake: { admins: [user], zones: { [user]: 'America/New_York' } } });
  const { slack } = scene;
  const home = homeView(slack, user);
  const seen = (words: string) => slack.until(() => home.text().includes(words));
  await slack.home(user);
  await seen('Hi, I am taobot');
  await home.press('Set up a morning post');
  await seen('A daily post for a channel');
  await home.press('Set up a morning post');
  await seen('New York is the time zone of your profile.');
  await home.pick('07:00');
  await seen('07:00 New York time');
  await home.pick('Tokyo');
  await seen('07:00 Tokyo time');
  await home.pick('TAO, BTC, ETH');
  await seen('week of TAO, BTC, ETH');
  await seen('sent to you as a direct message');
  await home.press('Preview and start');
  await seen('It starts when you confirm');
  await home.press('Change');
  await seen('07:00 Tokyo time');
  await home.press('Preview and start');
  await seen('It starts when you confirm');
  await home.press('Start');
  await seen('Digest started');
  await seen('a direct message');
  const rows = await scenes.core.database.sql.selectFrom('subscription').selectAll().execute();
  expect(rows.filter(({ status }) => status === 'active')).toMatchObject([
    { platform: 'slack', channel: `user:${user}`, owner: user, local_time: '07:00', zone: 'Asia/Tokyo' },
  ]);
  await home.press('Delete');
  await seen('Digest deleted');
  await home.press('Undo');
  await seen('Digest resumed');
  expect(slack.messages()).toEqual([]); // nothing was posted anywhere meanwhile
  expect(slack.space.problems).toEqual([]);
});
