// What every command looks like on every platform, kept as files: a change of a renderer or a card shows in the diff. Renew with `npm run golden`.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertView } from '../../src/alerts/alerts.ts';
import type { Card } from '../../src/app/card.ts';
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { outgoing } from '../../src/bots/discord/send/payload.ts';
import { renderCard as renderSlack } from '../../src/bots/slack/render/render.ts';
import { renderTerminal } from '../../src/bots/terminal/render.ts';
import { DAY } from '../../src/base/clock.ts';
import { openSampleCore, SAMPLE_TIME } from '../fakes/core.ts';

const FOLDER = path.join(import.meta.dirname, '../golden/cards');
const LINKS = createLinkPolicy(['www.coingecko.com', 'docs.taostats.io', 'docs.learnbittensor.org']);

/** File name → what somebody types; in this order, because digests remember. */
const CASES: readonly (readonly [string, string])[] = [
  ['about', '/about'],
  ['alert-list-none', '/alert list'],
  ['alert-create', '/alert create tao above 300'],
  ['alert-create-again', '/alert create tao above 300'],
  ['alert-create-bad', '/alert create tao above banana'],
  ['alert-create-far', '/alert create tao above 3000'],
  ['alert-list', '/alert list'],
  ['alert-pause', '/alert pause 1'],
  ['alert-resume', '/alert resume 1'],
  ['alert-history', '/alert history'],
  ['alert-delete', '/alert delete 1'],
  ['alert-none', '/alert delete 7'],
  ['chart', '/chart tao 30d'],
  ['chart-unknown', '/chart qqqq'],
  ['coin', '/coin tao'],
  ['coin-currency', '/coin near eur'],
  ['coin-unknown', '/coin bittensr'],
  ['compare', '/compare tao near render 30d'],
  ['compare-one', '/compare tao'],
  ['convert', '/convert 2.5 tao eur'],
  ['convert-bad', '/convert many tao eur'],
  ['convert-coins', '/convert 2.5 tao near'],
  ['ticker-elsewhere', '/ticker set general'],
  ['digest-setup', '/digest setup'],
  ['digest-create', '/digest create 09:00 Europe/Berlin tao near'],
  ['digest-create-bad', '/digest create 25:00'],
  ['digest-list-none', '/digest list'],
  ['digest-none', '/digest delete 1'],
  ['digest-resume', '/digest resume ID'],
  ['digest-list', '/digest list'],
  ['digest-list-everywhere', '/digest list everywhere'],
  ['digest-preview', '/digest preview'],
  ['digest-pause', '/digest pause'],
  ['digest-resume-paused', '/digest resume'],
  ['digest-now', '/digest now'],
  ['digest-delete', '/digest delete 1'],
  ['faq', '/faq when is the next halving?'],
  ['faq-empty', '/faq'],
  ['faq-gaps', '/faq-gaps'],
  ['privacy-export', '/privacy export'],
  ['privacy-delete', '/privacy delete'],
  ['faq-unsure', '/faq what is the best pizza in town?'],
  ['help', '/help'],
  ['network', '/network'],
  ['price', '/price tao near fet'],
  ['price-alone', '/price'],
  ['subnet', '/subnet 64'],
  ['subnet-unknown', '/subnet chut'],
  ['subnets', '/subnets'],
  ['subnets-risk', '/subnets risk'],
  ['convert-subnet', '/convert 5000 sn64 tao'],
  ['convert-subnet-large', '/convert 1000000 sn64 usd'],
  ['compare-subnets', '/compare sn64 sn4 tao 30d'],
  ['unknown-command', '/coins tao'],
];

/** A profile or an entry more changes no card. */
const hideCounts = (text: string): string =>
  text.replaceAll(/\d+ coin profiles, \d+ FAQ entries/g, 'N coin profiles, N FAQ entries');

/** Cards behind buttons and menus. */
const PRESSED: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['coin-how-it-works', 'coin', { coin: 'id:bittensor', section: 'how-it-works', range: '30d' }],
  ['coin-use-cases', 'coin', { coin: 'id:bittensor', section: 'use-cases' }],
  ['coin-tradeoffs', 'coin', { coin: 'id:near', section: 'tradeoffs', range: '1y' }],
  ['coin-faq', 'coin', { coin: 'id:bittensor', section: 'faq' }],
  ['faq-entry', 'faq', { id: 'halving' }],
];

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

async function expectGolden(name: string, card: Card, hide: (text: string) => string): Promise<void> {
  const options = card.private === true ? { ephemeral: true } : {};
  const discord = outgoing(renderDiscord(card, { links: LINKS, pictures: new Map() }), options).body;
  const files = {
    discord,
    slack: renderSlack(card),
    terminal: renderTerminal(card, { colour: false, width: 80 }).split('\n'),
  };
  for (const [platform, content] of Object.entries(files))
    await expect(hideCounts(hide(`${JSON.stringify(content, null, 1)}\n`))).toMatchFileSnapshot(
      path.join(FOLDER, platform, `${name}.json`),
    );
}

describe('the cards of every command', () => {
  let id = 'no id yet';
  const answer = (asked: { command: string; args: Readonly<Record<string, string>> }) =>
    core.dispatch({
      platform: 'terminal',
      ...asked,
      user: { id: 'someone', canManage: true },
      place: { tenant: '-', channel: '-' },
      locale: 'en',
      via: 'text',
    });

  it.each(CASES)('%s: %s', async (name, typed) => {
    const card = await answer(readText(typed.replace('ID', id), COMMANDS, vocabularyOf(core.services)));
    id = /(?:digest resume |"alert":")(\w{8})/.exec(JSON.stringify(card))?.[1] ?? id;
    await expectGolden(name, card, (content) => content.replaceAll(id, 'abcdefgh'));
  });

  it.each(PRESSED)('%s', async (name, command, args) => {
    await expectGolden(name, await answer({ command, args }), (content) => content);
  });

  it('an alert that came true, by the channel because direct messages are closed', async () => {
    const alert: AlertView = {
      id: 'abcdefgh',
      status: 'active',
      label: 'TAO',
      locale: 'en',
      currency: 'usd',
      repeat: 'once',
      target: { kind: 'coin', id: 'bittensor' },
      condition: { kind: 'above', price: 300 },
      channel: null,
      toldAt: null,
      snoozedUntil: null,
      expiresAt: SAMPLE_TIME + 30 * DAY,
      missed: 0,
      trouble: null,
    };
    const order = { alert, crossedAt: SAMPLE_TIME - 6 * 60_000, value: 301.2, mention: '720000000000000001' };
    await expectGolden('alert-told', crossedCard(order, SAMPLE_TIME), (content) => content);
    await expectGolden('alert-ending', endingCard(alert, null), (content) => content);
  });

  it('the daily digest', async () => {
    const order = { coins: ['bittensor', 'near'], currency: 'usd', locale: 'en', zone: 'Europe/Berlin', subnets: true };
    const card = await digestCard({ ...order, dueAt: SAMPLE_TIME - 3_600_000, late: true }, core.services, SAMPLE_TIME);
    await expectGolden('digest-post', card, (content) => content);
  });
});
