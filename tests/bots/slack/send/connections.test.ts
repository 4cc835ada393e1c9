// At most 64 connections to Slack, whatever asks for them: answers, response addresses, uploads and digests of many workspaces; what waits in vain never left.
import { expect, it } from 'vitest';
import { createClients } from '../../../../src/bots/slack/auth/clients.ts';
import { createFetches } from '../../../../src/bots/slack/connections.ts';
import { failureOf } from '../../../../src/bots/slack/outcomes.ts';
import { createTestClock, settled } from '../../../fakes/clock.ts';
import { startFakeSlack } from '../../../fakes/slack/slack.ts';
import { openScenes } from '../scene.ts';

const MOST = 64;
/** Longest wait in line, ms. */
const WAIT_MS = 4000;
const scenes = openScenes();

it('a burst of mentions, commands and charts that must be uploaded, while Slack is slow', async () => {
  const { slack } = await scenes.open({ fake: { dataVisualization: false } });
  const release = Promise.withResolvers<void>();
  let held = 0;
  let uploads = 0;
  slack.fault = ({ method }) => {
    if (!/^(chat\.postMessage|response_url|upload)$/.test(method)) return null;
    if (method === 'upload') uploads++;
    held++;
    return { kind: 'held', until: release.promise };
  };
  const asked = Array.from({ length: 30 }, (_, index) => [
    slack.mention('price tao', { user: `U0M${index}`, channel: `C0M${index}` }),
    slack.slash('/price', 'tao', { user: `U0S${index}`, channel: `C0S${index}` }),
    slack.mention('chart tao 30d', { user: `U0C${index}`, channel: `C0C${index}` }),
  ]).flat();
  await slack.until(() => held >= MOST);
  expect(slack.connections().open).toBeLessThanOrEqual(MOST);
  release.resolve();
  await Promise.all(asked);
  await slack.waitFor(90);
  expect(uploads).toBeGreaterThan(0);
  expect(slack.connections().most).toBeLessThanOrEqual(MOST);
});

it('clients of many workspaces share the bound; an answer goes before digests, and who waits too long is told that nothing left', async () => {
  const slack = await startFakeSlack();
  const clock = createTestClock();
  const quiet = () => undefined;
  const clients = createClients({
    apiUrl: slack.url,
    fetches: createFetches(clock),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const release = Promise.withResolvers<void>();
  const arrived: string[] = [];
  slack.fault = ({ args }) => {
    arrived.push(String(args['text']));
    return arrived.length <= MOST ? { kind: 'held', until: release.promise } : null;
  };
  const post = (index: number, purpose: 'reply' | 'digest') =>
    clients
      .of(index % 2 === 0 ? slack.token : `xoxb-${purpose}-${index}`, purpose)
      .apiCall('chat.postMessage', { channel: `C0${index}`, text: `${purpose} ${index}` })
      .then(
        () => 'answered',
        (error: unknown) => failureOf(error).code,
      );
  const held = Array.from({ length: MOST }, (_, index) => post(index, 'digest'));
  await slack.until(() => arrived.length === MOST);
  const late = post(100, 'digest');
  await settled();
  await clock.advance(WAIT_MS);
  expect(await late).toBe('busy');
  const digest = post(102, 'digest');
  await settled();
  const answer = post(104, 'reply');
  await settled();
  release.resolve();
  await Promise.all([digest, answer, ...held]);
  expect(arrived.slice(MOST)).toEqual(['reply 104', 'digest 102']);
  expect(slack.connections().most).toBe(MOST);
  await slack.close();
});
