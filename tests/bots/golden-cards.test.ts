// What every command looks like on every platform, kept as files: a change of a renderer or a card shows in the diff. Renew with `npm run golden`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertView } from '../app/alerts/alert-view.ts';
import { type Card, SMALL_TALK } from '../../src/app/card.ts';
import { crossedCard, endingCard } from '../../src/app/alerts/card.ts';
import type { PlatformName } from '../../src/app/command.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { stoppedCard } from '../../src/app/digest/stopped-card.ts';
import { brokenCard } from '../../src/app/error-card.ts';
import { OWN_WELCOME_CARD, WELCOME_CARD } from '../../src/app/welcome-card.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { outgoing } from '../../src/bots/discord/send/payload.ts';
import { renderCard as renderSlack } from '../../src/bots/slack/render/render.ts';
import { renderTerminal } from '../../src/bots/terminal/render.ts';
import { DAY } from '../../src/base/clock.ts';
import type { DigestView } from '../../src/digests/digests.ts';
import { sourceFiles } from '../../scripts/structure.ts';
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
  ['daily-post', 'send me the tao price every morning at 8'],
  ['daily-post-how', 'send me the tao price every morning'],
  ['greeting', 'hi'],
  ['thanks', 'thanks'],
  ['who', 'who are you?'],
  ['invite', 'how do I add you to my server?'],
  ['wrong', 'that is wrong'],
  ['prediction', 'wen moon'],
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
  ['help-command', 'help', { about: 'coin' }],
  ['help-group', 'help', { about: 'digest' }],
];

/** Tickers are for Discord; the core of these cards has no platform to write a status, so what is set is refused. */
const IN_DISCORD: readonly (readonly [string, string])[] = [
  ['ticker-none', '/ticker clear'],
  ['ticker-refused', '/ticker set <#720000000000000007> tao'],
];

/** Cards that one bot makes for itself, by their kind. */
const OF_ONE_BOT = new Set(['loading']);
const shown = { names: new Set<string>(), kinds: new Set<string>() };

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

async function expectGolden(name: string, card: Card, hide: (text: string) => string): Promise<void> {
  shown.names.add(name);
  shown.kinds.add(card.kind);
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
  const answer = (
    asked: { command: string; args: Readonly<Record<string, string>> },
    platform = 'terminal' as PlatformName,
  ) =>
    core.dispatch({
      platform,
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
    const alert = alertView({ expiresAt: SAMPLE_TIME + 30 * DAY });
    const order = { alert, crossedAt: SAMPLE_TIME - 6 * 60_000, value: 301.2, mention: '720000000000000001' };
    await expectGolden('alert-told', crossedCard(order, SAMPLE_TIME), (content) => content);
    await expectGolden('alert-ending', endingCard(alert, null), (content) => content);
  });

  it('the daily digest', async () => {
    const order = { coins: ['bittensor', 'near'], currency: 'usd', locale: 'en', zone: 'Europe/Berlin', subnets: true };
    const card = await digestCard({ ...order, dueAt: SAMPLE_TIME - 3_600_000, late: true }, core.services, SAMPLE_TIME);
    await expectGolden('digest-post', card, (content) => content);
  });

  it.each(IN_DISCORD)('%s: %s', async (name, typed) => {
    const card = await answer(readText(typed, COMMANDS, vocabularyOf(core.services)), 'discord');
    await expectGolden(name, card, (content) => content);
  });

  it('what the bot says unasked: a welcome, a digest that stopped, its own fault', async () => {
    const view: DigestView = {
      id: 'abcdefgh',
      status: 'suspended',
      channel: '720000000000000001',
      coins: ['bittensor', 'near'],
      currency: 'usd',
      locale: 'en',
      replace: false,
      subnets: false,
      time: '09:00',
      zone: 'Europe/Berlin',
      days: 'every day',
      nextAt: null,
      notes: [],
      trouble: 'I may not write in that channel.',
      lastSentAt: SAMPLE_TIME - DAY,
      twin: null,
    };
    const cards = {
      welcome: WELCOME_CARD,
      'welcome-own': OWN_WELCOME_CARD,
      'digest-stopped': stoppedCard(view, core.services),
      'digest-ended': stoppedCard({ ...view, status: 'dead', trouble: 'The channel was deleted.' }, core.services),
      'digest-damaged': stoppedCard({ ...view, damaged: true, coins: [], trouble: 'It is damaged.' }, core.services),
      broken: brokenCard('a1b2c3d4'),
    };
    for (const [name, card] of Object.entries(cards)) await expectGolden(name, card, (content) => content);
  });
});

describe('the golden cards are whole', () => {
  it('every command is asked', () => {
    const asked = [...CASES, ...IN_DISCORD].map(([, typed]) => typed.slice(1));
    const missing = COMMANDS.filter(({ name }) => !asked.some((typed) => `${typed} `.startsWith(`${name} `)));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('every kind of card that the source can make is there', () => {
    const made = sourceFiles(['src'])
      .flatMap(({ text }) => [...text.matchAll(/\bkind: '([\w-]+)',\s*outcome\b|\bmessageCard\(\s*'([\w-]+)'/g)])
      .map(([, literal, message]) => literal ?? message ?? '');
    expect(made.length).toBeGreaterThan(25);
    const missing = new Set([...made, SMALL_TALK]).difference(shown.kinds).difference(OF_ONE_BOT);
    expect([...missing]).toEqual([]);
  });

  it.each(['discord', 'slack', 'terminal'])('%s has a file for every card, and none besides', (platform) => {
    const files = readdirSync(path.join(FOLDER, platform)).map((name) => name.replace(/\.json$/, ''));
    expect(files.toSorted()).toEqual([...shown.names].toSorted());
  });
});
