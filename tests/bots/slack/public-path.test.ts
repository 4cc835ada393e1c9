// An address with a path (a proxy serves the bot below it): what Slack calls, fetches and sends people back to keeps the path.
import { afterEach, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { manifestOf } from '../../../src/bots/slack/manifest.ts';
import type { Draft } from '../../../src/bots/slack/render/draft.ts';
import { picturesByAddress } from '../../../src/bots/slack/send/pictures.ts';
import { readConfig } from '../../../src/config/config.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { openScene, type Scene } from './scene.ts';

const { PUBLIC_URL: address = '' } = readConfig({ PUBLIC_URL: 'https://example.org/taobot/' });
const BELOW = 'https://example.org/taobot/';

let core: TestCore | undefined;
let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  await core?.close();
});

it('request URLs and the way back from an installation', () => {
  const text = JSON.stringify(manifestOf(COMMANDS, address));
  const addresses = text.match(/https:\/\/example\.org[^"]*/g) ?? [];
  expect(addresses.length).toBeGreaterThan(10);
  expect(new Set(addresses)).toEqual(new Set([`${BELOW}slack/events`, `${BELOW}slack/oauth_redirect`]));
});

it('the redirect that Slack is asked for', async () => {
  core = await openTestCore();
  const oauth = { clientId: '1.2', clientSecret: 'secret-of-the-client', stateSecret: 'a-secret-for-the-state' };
  const defaults = { locale: 'en', timeZone: 'UTC', publicUrl: address };
  scene = await openScene(core, { mode: 'http', bot: { botToken: undefined, oauth, defaults } });
  const { origin } = new URL(scene.slack.http ?? '');
  const first = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  const target = new URL(first.headers.get('location') ?? '');
  expect(target.searchParams.get('redirect_uri')).toBe(`${BELOW}slack/oauth_redirect`);
});

it('pictures of charts', () => {
  const chart = { type: 'chart', picture: 0, path: '/charts/bittensor.png?range=7d' };
  const pictures = picturesByAddress({ parts: [chart] } as unknown as Draft, address, 0);
  const { image_url: url } = pictures.get(0) as { image_url: string };
  expect(url).toMatch(/^https:\/\/example\.org\/taobot\/charts\/bittensor\.png\?range=7d&/);
});
