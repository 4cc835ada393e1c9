// How old a price is, said truthfully through an outage.
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/app/plain-text.ts';
import { openStage } from './stage.ts';

const stage = openStage();

describe('doubts', () => {
  it('a conversion says of its price what every other card says: that it is checked', async () => {
    await stage.ask('/coin tao');
    stage.core.gecko.set('bittensor', { price: 500 });
    stage.clock += 2 * 60_000;
    await stage.ask('/price tao');
    expect(plainText(await stage.ask('/price tao'))).toContain('· checking a newer price');
    expect(plainText(await stage.ask('/convert 2 tao usd'))).toContain('· checking a newer price');
    expect(plainText(await stage.ask('/convert 2 usd tao'))).toContain('· checking a newer price');
  });
});

describe('age', () => {
  it('grows truthfully through an outage: live, minutes, delayed, old without change figures', async () => {
    await stage.ask('/coin tao');
    await stage.core.gecko.down();
    const at = stage.clock;
    const seen = async (ms: number) => {
      stage.clock = at + ms;
      return plainText(await stage.ask('/coin tao'));
    };
    expect(await seen(5 * 60_000)).toMatch(/updated [56] min ago/);
    expect(await seen(40 * 60_000)).toMatch(/⚠ delayed · updated 4[01] min ago/);
    const old = await seen(30 * 3_600_000);
    expect(old).toMatch(/\$250\.28/);
    expect(old).toMatch(/⚠ old data · from 3[01] h ago/);
    expect(old).not.toMatch(/24 h range|▲|▼|^7 d/m);
    await stage.core.gecko.up();
  });

  it('beyond a day a figure of the day is not said, and the source is not blamed for it', async () => {
    const figures = ['24h high of tao', 'supply of tao', 'market cap of tao'];
    for (const figure of figures) await stage.ask(figure);
    await stage.core.gecko.down();
    stage.clock += 30 * 3_600_000;
    const [day = '', supply = '', cap = ''] = await Promise.all(
      figures.map(async (figure) => plainText(await stage.ask(figure))),
    );
    expect(day).toMatch(/not known now {2}⚠ old data · from 3[01] h ago/);
    expect(supply).toMatch(/not known now {2}⚠ old data/);
    expect(cap).toMatch(/\$2\.84B.*⚠ old data/);
    expect(`${day}${supply}`).not.toMatch(/in 24 h|does not say/);
    await stage.core.gecko.up();
  });

  it('a comparison of coins without a price says why, and no line of it is empty', async () => {
    await stage.reopen({ COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' });
    const card = await stage.ask('/compare tao near');
    expect(card.outcome).toBe('unavailable');
    expect(plainText(card)).toMatch(/\nPrice unavailable for TAO, NEAR: CoinGecko/);
    const empty = card.blocks.filter((block) => 'spans' in block && block.spans.length === 0);
    expect(empty).toEqual([]);
  });

  it('never having received anything: the profile, and the reason instead of a number', async () => {
    await stage.reopen({ COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3' });
    const card = await stage.ask('/coin tao');
    expect(card.outcome).toBe('ok');
    expect(plainText(card)).toMatch(/Price unavailable: CoinGecko/);
    expect(plainText(card)).not.toMatch(/#\d/); // a rank without an age
    expect(plainText(card)).toContain('subnets');
    expect(plainText(card)).not.toMatch(/\$0|NaN/);
  });
});
