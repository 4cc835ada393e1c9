// The coin card as the core makes it: all there is for pages, what fits a thumb for chats.
import { describe, expect, it } from 'vitest';
import { changeOver } from '../../src/app/blocks/quote.ts';
import { blocksOn, type Card, isErrorCard } from '../../src/app/card.ts';
import { plainText } from '../../src/app/plain-text.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';
import { find, openStage } from './stage.ts';

const stage = openStage();

describe('/coin on a page', () => {
  it('has all of it on the web, where nothing is made of what is for chats', async () => {
    const [web, elsewhere] = [await stage.ask('/coin tao', { platform: 'web' }), await stage.ask('/coin tao')];
    const shown = (card: Card) => JSON.stringify(blocksOn(card, 'page'));
    expect(shown(web)).toBe(shown(elsewhere));
    expect(web.blocks).toHaveLength(blocksOn(web, 'page').length);
    expect(elsewhere.blocks.length).toBeGreaterThan(web.blocks.length);
  });

  it('has all there is, in its order', async () => {
    const card = await stage.ask('/coin tao');
    expect(card).toMatchObject({ kind: 'coin', outcome: 'ok', title: 'Bittensor (TAO)' });
    const words = plainText(card);
    for (const part of [
      '#35 · AI',
      '\\$250\\.28',
      'Market cap: \\$2\\.84B',
      '24 h volume',
      '24 h range',
      '7 d',
      '30 d',
      'From all-time high',
      'past 7 days',
      'Founders|Co-founders',
      'Network live since',
      'consensus',
      'Max supply: 21,000,000 TAO',
      'Price data by CoinGecko · updated \\d+ s ago',
    ])
      expect(words).toMatch(new RegExp(part));
    const labels = blocksOn(card, 'page').flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map((button) => button.label) : [],
    );
    expect(labels).toEqual([
      '24h',
      '7d',
      '30d',
      '1y',
      'Refresh',
      'What it is',
      'How it works',
      'Use cases',
      'Tradeoffs',
      'FAQ',
    ]);
    expect(find(card, 'menu').filter(({ on }) => on === 'page')[0]?.options.length).toBe(8);
    expect(card.blocks.map((block) => block.kind).indexOf('headline')).toBe(0);
  });

  it('every control leads to a card', async () => {
    const card = await stage.ask('/coin tao');
    const asks = [
      ...find(card, 'buttons').flatMap((block) => block.buttons),
      ...find(card, 'menu').flatMap((block) => block.options),
    ].map((control) => control.invocation);
    for (const { command, args } of asks)
      expect(isErrorCard(await stage.ask('', { command, args, via: 'control' }))).toBe(false);
  });

  it('says openly when a ticker is shared', async () => {
    await stage.directory();
    const card = await stage.ask('/coin tao');
    expect(plainText(card)).toMatch(/more coin.* ticker.*Tao Inu/i);
  });

  it('gives the market part for a coin without a profile, in another currency too', async () => {
    await stage.directory();
    expect(plainText(await stage.ask('/coin ethereum eur'))).toMatch(
      /Ethereum \(ETH\)[\s\S]*€2,4\d\d\.\d\d[\s\S]*No profile for this coin/,
    );
  });

  it('offers what comes closest to a typo', async () => {
    const card = await stage.ask('/coin bittensr');
    expect(card.outcome).toBe('not-found');
    expect(plainText(card)).toContain('TAO · Bittensor');
    expect(isErrorCard(card)).toBe(true);
  });
});

describe('/coin in a chat', () => {
  const chat = (card: Card) => plainText(card, 'chat');

  it('says price, window, rank, source and age, six figures, and each of them once', async () => {
    const words = chat(await stage.ask('/coin tao'));
    expect(words).toMatch(
      /^Bittensor \(TAO\)\n\$250\.28 {2}[▲▼] [+−]\d+\.\d\d% {2}past 24 h\nrank #35 · CoinGecko, \d+ s ago\n/,
    );
    expect(words).toMatch(
      /7 d: [▲▼].*\n30 d: [▲▼].*\nATH: −\d+%\nCap: \$2\.84B\nVol: \$\d+M\n24 h: \$\d+\.\d\d ─*●─* \$\d+\.\d\d/,
    );
    for (const once of ['250\\.28', '24 h: ', '2\\.84B']) {
      const body = words
        .split('\n')
        .filter((line) => !line.includes('price in USD'))
        .join('\n'); // alt text of the picture
      expect(body.match(new RegExp(once, 'g'))).toHaveLength(1);
    }
    expect(words).not.toMatch(/Co-founders|Max supply|An open network/);
  });

  it.each(['24h', '7d', '30d', '1y'] as const)(
    'says one change over %s in text, picture and alt text',
    async (range) => {
      const specs: ChartSpec[] = [];
      const { charts } = stage.core.services;
      Object.assign(stage.core.services, {
        charts: { ...charts, png: (spec: ChartSpec) => (specs.push(spec), Promise.resolve(new Uint8Array())) },
      });
      const card = await stage.ask('', { command: 'coin', args: { coin: 'id:bittensor', range }, via: 'control' });
      const picture = find(card, 'chart')[0]?.chart;
      await picture?.png?.('dark', 'phone');
      const quote = (await stage.core.services.market.quotes(['bittensor'], 'usd')).get('bittensor').quote;
      const stated = quote === null ? null : changeOver(quote, range, stage.clock);
      expect(stated).not.toBeNull();
      expect(specs).toMatchObject([{ kind: 'price', canvas: 'phone', range, change: stated }]);
      const size = Math.abs(stated ?? 0).toFixed(2);
      expect(picture?.alt).toContain(`${(stated ?? 0) < 0 ? 'down' : 'up'} ${size}%`);
      if (range !== '1y') expect(chat(card)).toContain(`${size}%`);
    },
  );

  it('takes its colour from the window that the headline names, whatever the chart shows', async () => {
    const card = await stage.ask('', { command: 'coin', args: { coin: 'id:bittensor', range: '30d' }, via: 'control' });
    const [headline] = find(card, 'headline');
    expect(headline?.detail).toBe('past 24 h');
    expect(card.tone).toBe(headline?.change?.direction);
  });

  it('puts a section in the place of the figures, headline and chart stay, and the way back is offered', async () => {
    for (const section of ['what', 'how-it-works', 'use-cases', 'tradeoffs']) {
      const card = await stage.ask('', { command: 'coin', args: { coin: 'id:bittensor', section }, via: 'control' });
      expect(chat(card)).toMatch(/^Bittensor \(TAO\)\n\$250\.28/);
      expect(chat(card)).not.toMatch(/^ATH: /m);
      const menu = find(card, 'menu')
        .filter(({ on }) => on === 'chat')
        .at(-1);
      expect(menu?.options[0]?.label).toBe('Price and figures');
      expect(menu?.options.some(({ label }) => label.startsWith('NEAR'))).toBe(true);
    }
  });

  it('lets every question of the FAQ be chosen, the own ones of the coin too', async () => {
    const card = await stage.ask('', { command: 'coin', args: { coin: 'id:near', section: 'faq' }, via: 'control' });
    const [questions] = find(card, 'menu').filter(({ on }) => on === 'chat');
    expect(questions?.options.length).toBeGreaterThanOrEqual(3);
    for (const { label, invocation } of questions?.options ?? []) {
      const answer = await stage.ask('', { ...invocation, via: 'control' });
      expect(isErrorCard(answer)).toBe(false);
      expect(chat(answer)).toContain(label);
      expect(chat(answer).length).toBeGreaterThan(label.length + 80);
    }
  });

  it('keeps namesakes inside the menu, and asks openly about a coin without a profile', async () => {
    await stage.directory();
    expect(chat(await stage.ask('/coin tao'))).not.toMatch(/did you mean/i);
    const labels = find(await stage.ask('/coin tao'), 'menu').flatMap(({ on, options }) =>
      on === 'chat' ? options : [],
    );
    expect(labels.map(({ label }) => label).join()).toContain('Tao Inu');
  });
});
