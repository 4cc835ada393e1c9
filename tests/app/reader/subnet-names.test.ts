// Owners name their subnets: no name of theirs changes what other people's words mean.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { openStage, type SubnetStage } from '../subnets/scene.ts';

/** What people write, each of them taken as the name of a subnet, too. */
const LINES =
  `good morning; thanks a lot; hello there; delete my data; what do you know about me; what can you do; show my alerts; digest list;
  btc price; price of bitcoin; how much is solana; compare tao and near; bitcoin vs ethereum; tao chart; solana chart 7d; 5 tao in usd; 100 usd in eur;
  top 10 coins; largest coins; market cap of solana; solana price in eur; what is solana; who runs bittensor; what is your name; private key; gas fees;
  my wallet was hacked; alert me when tao hits 500; post the price every day at 9am; current block; tao price today; euro; bitcoin`
    .split(';')
    .map((line) => line.trim());
/** Words that mean something beside a number, a coin or a chart, as names. */
const WORDS =
  `dollar dollars euros usd eur bucks sats satoshi gwei cents today tomorrow week weekly half coin coins alerts digest everything profit high
  wrong up`.split(/\s+/);
const PHRASES = ['this week', 'last month', 'market cap', 'all time high', '3 days', 'going on', 'with you'];
const AROUND =
  `100 dollars in tao; 20 euros to tao; 5 dollars; 20 dollars worth of tao; 3 eur in tao; 100 satoshi in eur; 1 gwei in usd; 10 bucks in tao;
  what is half of 20 tao; tao chart this week; tao chart last month; tao chart 3 days; coin prices; what is the dollar price; explain alerts;
  what is going on; what is wrong with you; all time high of tao; market cap of tao; tao price last week; what is a digest`
    .split(';')
    .map((line) => line.trim());

let stage: SubnetStage;
const read = (line: string) => readText(line, COMMANDS, vocabularyOf(stage.core.services));
let before: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  stage = await openStage();
  before = new Map([...LINES, ...AROUND].map((line) => [line, read(line)]));
  for (const [index, name] of [...LINES, ...WORDS, ...PHRASES].entries()) {
    const subnet = stage.world.subnet(1 + index);
    Object.assign(subnet, { name, symbol: `q${index}` });
    if (subnet.identity !== null) Object.assign(subnet.identity, { name });
  }
  Object.assign(stage.world.subnet(128), { name: 'Proprietary Trading Network' });
  await stage.minutes(12);
});
afterAll(() => stage.close());

describe('while subnets are called like that', () => {
  it.each([...LINES, ...AROUND])('%s', (line) => {
    expect(read(line)).toEqual(before.get(line));
  });

  it('their cards are found by number, beside the word "subnet" and by the command', async () => {
    expect(stage.subnets.find('btc price').exact).toHaveLength(1);
    expect((await stage.ask('/subnet btc price')).title).toMatch(/^btc price \(SN\d+\)$/);
    expect(read('proprietary trading network')).toEqual({
      command: 'subnet',
      args: { subnet: 'proprietary trading network' },
    });
  });
});
