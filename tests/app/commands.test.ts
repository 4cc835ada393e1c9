// The other commands as the core answers them: the real market over a fake CoinGecko.
import { describe, expect, it } from 'vitest';
import { isErrorCard } from '../../src/app/card.ts';
import { defineCommand, isOn } from '../../src/app/command.ts';
import { createHelp } from '../../src/app/commands/help.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { find, openStage } from './stage.ts';

const stage = openStage();

describe('other commands', () => {
  it('an unknown coin is not found, and prices that are all missing are no answer', async () => {
    await stage.directory();
    expect((await stage.ask('/price zzzzqqq')).outcome).toBe('not-found');
    expect((await stage.ask('/price tao zzzzqqq')).outcome).toBe('ok');
    await stage.core.gecko.down();
    for (const text of ['/price coin-3 coin-4 gbp', '/coin coin-3 gbp'])
      expect((await stage.ask(text)).outcome).toBe('unavailable');
    expect((await stage.ask('/price tao coin-4 usd')).outcome).toBe('ok');
    expect((await stage.ask('/coin tao gbp')).outcome).toBe('ok'); // what it is stands in its profile
    await stage.core.gecko.up();
  });

  it.each(['/coin', '/price', '/chart'])('%s alone means TAO', async (text) => {
    const card = await stage.ask(text);
    expect(card.outcome).toBe('ok');
    expect(card.title).toMatch(/^Bittensor/);
  });

  it('a max supply that cannot be true is unknown', async () => {
    await stage.directory();
    const impossible = [0, -1, 5];
    for (const [at, max] of impossible.entries()) {
      stage.core.gecko.glitch = (rows) => rows.map((row) => ({ ...row, max_supply: max }));
      stage.clock += 5 * 60_000;
      const words = plainText(await stage.ask(`/coin coin-${at + 5}`));
      expect(words).toContain('Circulating');
      expect(words).not.toContain('at most');
    }
    stage.core.gecko.glitch = null;
  });

  it('/price: one line each, unknown ones named', async () => {
    await stage.directory();
    const words = plainText(await stage.ask('/price tao near zzzz'));
    expect(words).toMatch(/TAO {2}\$250\.28 {2}[▲▼].*\(24 h\) {2}updated/);
    expect(words).toMatch(/NEAR {2}\$1\.62/);
    expect(words).toMatch(/zzzz {2}unknown coin/);
  });

  it('/convert both ways, with the age of the rate', async () => {
    expect(plainText(await stage.ask('/convert 2 tao usd'))).toMatch(/2 TAO in USD[\s\S]*\$500\.56[\s\S]*updated/);
    expect(plainText(await stage.ask('/convert 500.56 usd tao'))).toMatch(/2 TAO/);
    expect(plainText(await stage.ask('/convert 1 tao near'))).toMatch(/154\.49/);
    expect((await stage.ask('/convert abc tao usd')).outcome).toBe('invalid');
  });

  it('/compare cuts to the common start and tabulates', async () => {
    const card = await stage.ask('/compare tao near render 30d');
    expect(find(card, 'chart')[0]?.chart.series.map((series) => [series.label, series.points[0]?.[1]])).toEqual([
      ['TAO', 0],
      ['NEAR', 0],
      ['RENDER', 0],
    ]);
    expect(find(card, 'table')[0]?.rows.length).toBe(3);
    expect((await stage.ask('/compare tao')).outcome).toBe('invalid');
  });

  it('/network from the chain; known facts with their date when the node is away', async () => {
    expect(plainText(await stage.ask('/network'))).toMatch(
      /Block: 9,\d{3},\d{3}[\s\S]*1\d,\d{3},\d{3} TAO \(5\d\.\d\d% of 21M\)[\s\S]*0\.5 TAO[\s\S]*3,600 TAO[\s\S]*15,750,000 TAO issued[\s\S]*between .* 20\d\d and .* 20\d\d/,
    );
    await stage.reopen({ SUBTENSOR_RPC_URL: 'http://127.0.0.1:9' });
    expect(plainText(await stage.ask('/network'))).toMatch(/Live data unavailable[\s\S]*As of 8 Oct 2026/);
  });

  it('/faq: the all-time high is read live, with its day, source and age', async () => {
    const words = plainText(await stage.ask('/faq', { args: { id: 'ath' } }));
    expect(words).toMatch(/all-time high of TAO is \$750\.84 on 11 Apr 2024 \(CoinGecko, .+ ago\)\./u);
  });

  it('/faq: an answer about the bot itself has a date and no source', async () => {
    const words = plainText(await stage.ask('/faq', { args: { id: 'bot-privacy' } }));
    expect(words).toContain('\nAs of 28 Nov 2026');
    expect(words).not.toContain('Source');
  });

  it('/faq: filled with live values and their age; unsure with suggestions; misses counted without user', async () => {
    const answer = plainText(await stage.ask('/faq when is the next TAO halving?'));
    expect(answer).toMatch(/our estimate|15,750,000/);
    expect(answer).toMatch(/as of \d+ \w+ 2026/);
    const unsure = await stage.ask('what colour is the moon on tuesdays <@123>');
    expect(unsure.outcome).toBe('unsure');
    const gaps = await stage.ask('/faq-gaps', { user: { id: 'boss', canManage: true } });
    expect(plainText(gaps)).toContain('1× what colour is the moon on tuesdays');
    expect(plainText(gaps)).not.toContain('123');
  });

  it('answers questions about profiled coins from their profiles', async () => {
    expect(plainText(await stage.ask('who founded near?'))).toMatch(/Illia Polosukhin/);
    expect(plainText(await stage.ask('max supply of akash'))).toMatch(/388,539,008/);
  });

  it('/help lists every command to those who manage, to others what they may use; /about the sources and the budget', async () => {
    const help = plainText(await stage.ask('/help', { user: { id: 'boss', canManage: true } }));
    const here = COMMANDS.filter((command) => isOn(command, 'terminal'));
    for (const { name } of here) expect(help).toContain(`/${name}`);
    const member = plainText(await stage.ask('/help'));
    for (const { name, manage } of here) expect([name, member.includes(`/${name} `)]).toEqual([name, !manage]);
    expect(plainText(await stage.ask('/about'))).toMatch(/keyless plan[\s\S]*coingecko: ok/);
  });
});

it('a new command is in the help of a new chat at first sight, without a word there', async () => {
  const newest = defineCommand({
    name: 'newest',
    summary: 'What came last',
    args: {},
    run: () => Promise.reject(new Error('not asked')),
  });
  const help = createHelp(() => [...COMMANDS, newest]);
  const request = {
    platform: 'a-new-chat',
    command: 'help',
    args: {},
    user: { id: 'u', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text' as const,
  };
  const words = plainText(await help.run({}, { request, services: stage.core.services, now: stage.clock }), 'chat');
  expect(words).toMatch(/^- More .*\/newest$/m);
  expect(words).toContain('mention me');
});

it('a broken locale means English, for every command', async () => {
  for (const text of ['/coin tao', '/network', '/convert 1 tao eur', '/compare tao near', '/faq halving']) {
    expect(isErrorCard(await stage.ask(text, { locale: '!!' }))).toBe(false);
  }
});
