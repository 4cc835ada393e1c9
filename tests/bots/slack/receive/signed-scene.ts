// The bot in HTTP mode on a day that stands still, with an event that Slack's secret signs: for tests of what is let in.
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { sendSigned, type SignedRequest } from '../../../fakes/slack/http.ts';
import { assertClean, collectRejections, openScene, type Scene } from '../scene.ts';

/** The moment at which everything happens; requests are signed around it. */
export const NOW = Date.UTC(2026, 8, 18, 12);

export const EVENT = JSON.stringify({
  type: 'event_callback',
  team_id: 'T0TEAM',
  event_id: 'EvTrust',
  event_time: 1,
  event: { type: 'app_mention', user: 'U0EVE', text: 'price tao', ts: '1700000300.0001', channel: 'C0GENERAL' },
});

/** `open` starts a bot for one test, `send` sends it `EVENT` or something else, signed now unless said otherwise; resolves with the status. */
export function signedScenes() {
  let core: TestCore;
  let scene: Scene;
  const rejections = collectRejections();
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW }); // Bolt has no clock to be given
    core = await openTestCore();
  });
  afterEach(async () => {
    await scene.close();
    assertClean(scene, rejections);
  });
  afterAll(async () => {
    await core.close();
    vi.useRealTimers();
  });
  return {
    open: async (): Promise<Scene> => (scene = await openScene(core, { mode: 'http' })),
    async send(more: Partial<SignedRequest> = {}): Promise<number> {
      const { http, signingSecret: secret } = scene.slack;
      return (await sendSigned(http ?? '', { body: EVENT, secret, at: NOW, ...more })).status;
    },
  };
}
