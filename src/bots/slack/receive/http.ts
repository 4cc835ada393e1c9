// HTTP mode: Bolt's receiver behind the guard, and the pages of the installation, under one listener of our web server.
import { HTTPReceiver } from '@slack/bolt';
import type { Listener } from '../../bot.ts';
import type { Parts, SlackBotOptions } from '../assembly.ts';
import { boltLog } from '../auth/bolt-log.ts';
import { createOauthListener } from '../auth/oauth.ts';
import { createRequestCheck } from './request-check.ts';

const EVENTS_PATH = '/slack/events';

export type Http = { receiver: HTTPReceiver; listener: Listener };

/** `started`: before and after its life the bot answers 503, and Slack tries again later. */
export function createHttp(
  options: SlackBotOptions & { signingSecret: string },
  { cipher, clients, workspaces, count }: Parts,
  started: () => boolean,
): Http {
  const { signingSecret, oauth, apiUrl, installations, log, now } = options;
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [EVENTS_PATH], logger: boltLog(log) });
  const events = createRequestCheck({
    signingSecret,
    now,
    next: (request, response) => receiver.requestListener(request, response),
    refused: (reason) => count(`slack_refused_${reason}`),
  });
  const pages =
    oauth === undefined
      ? null
      : createOauthListener({
          oauth,
          apiUrl,
          publicUrl: options.defaults.publicUrl,
          installations,
          cipher,
          clientOptions: clients.options,
          log,
          onInstalled: (key) => workspaces.forget(key),
        });
  return { receiver, listener: route(events, pages, started) };
}

/** POST to the events path goes through the guard, GET to the installation pages; other methods of the events path are told so. */
function route(events: Listener, pages: Listener | null, started: () => boolean): Listener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (!started()) response.writeHead(503).end();
    else if (request.method === 'POST' && path === EVENTS_PATH) events(request, response);
    else if (path === EVENTS_PATH)
      response.writeHead(request.method === 'OPTIONS' ? 204 : 405, { allow: 'POST, OPTIONS' }).end();
    else if (request.method === 'GET' && pages !== null) pages(request, response);
    else response.writeHead(404).end();
  };
}
