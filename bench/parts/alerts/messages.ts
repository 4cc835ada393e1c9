// From a quote to the message that tells it, alert by alert; and 1,000 alerts that come true with one quote, while people use commands.
import { setInterval as every } from 'node:timers';
import { createAlerts } from '../../../src/alerts/engine.ts';
import { crossedCard, endingCard } from '../../../src/app/alerts/card.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import type { Database } from '../../../src/store/database.ts';
import { saying, onlyPrices } from '../../../tests/alerts/room.ts';
import { createTestEngine } from '../../../tests/fakes/digest-engine.ts';
import { alertRow } from './row.ts';
import { inTemporary } from '../database.ts';
import { type DiscordBench, openDiscord, quantile, quiet, sleep, waveFigures } from '../discord.ts';

/** One coin each, of which every third one gets a quote: with that of the wave more than are asked for at once. */
const SINGLE = 499;
const QUOTED = Array.from({ length: 150 }, (_, index) => index * 3);
const WAVE = 1_000;
const WAVE_COIN = 'wave';
const LONGEST_WAIT_S = 90;
const [CALM, BEYOND] = [100, 106];
/** Its channels hold more than any other number in use. */
const FIRST_CHANNEL = 710_000_000_000_001_000n;

const singleCoin = (index: number): string => `coin-${index}`;
const channelOf = (index: number): string => String(FIRST_CHANNEL + BigInt(index));

export async function messages(): Promise<Record<string, number>> {
  return await inTemporary(async (database) => {
    const discord = await openDiscord(() => Promise.resolve(messageCard('coin', 'ok', 'TAO', 'TAO $250.28')));
    await fill(database);
    const market = createMarket();
    const { engine, beat } = openEngine(database, discord, market.sources);
    await sleep(3_000); // everything has been read once
    const latencies = await latency(discord, market);
    discord.type();
    const before = (await discord.report()).posts.length;
    const quotedAt = market.say(WAVE_COIN);
    await until(discord, before + WAVE);
    const seen = await discord.report();
    const posts = seen.posts.filter(({ at }) => at >= quotedAt);
    clearInterval(beat);
    await engine.stop();
    await discord.close();
    const wave = Object.entries(waveFigures({ ...seen, posts }));
    return {
      quoteToMessageP50Ms: quantile(latencies, 0.5),
      quoteToMessageP99Ms: quantile(latencies, 0.99),
      quotesTold: latencies.length,
      ...Object.fromEntries(
        wave.map(([name, value]) => [`wave${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`, value]),
      ),
    };
  });
}

/** Quotes come at moments that have nothing to do with the beat of the clock. */
async function latency(discord: DiscordBench, market: ReturnType<typeof createMarket>): Promise<number[]> {
  const quoted = new Map<string, number>();
  for (const index of QUOTED) {
    await sleep(100 + ((index * 7919) % 250));
    quoted.set(channelOf(index), market.say(singleCoin(index)));
  }
  await until(discord, QUOTED.length);
  const { posts } = await discord.report();
  return posts.map(({ channel, at }) => at - (quoted.get(channel) ?? Number.NaN));
}

async function until(discord: DiscordBench, posts: number): Promise<void> {
  for (let second = 0; second < LONGEST_WAIT_S && (await discord.report()).posts.length < posts; second++)
    await sleep(1_000);
}

/** Prices that change when they are told to, as cached by the market. */
function createMarket() {
  const said = new Map<string, { price: number; at: number }>();
  const begun = Date.now();
  const priceOf = (id: string) => said.get(id) ?? { price: CALM, at: begun };
  return {
    sources: saying(priceOf, Date.now),
    /** @returns when it was said (epoch ms) */
    say(id: string): number {
      const at = Date.now();
      said.set(id, { price: BEYOND, at });
      return at;
    },
  };
}

function openEngine(database: Database, { bot }: DiscordBench, market: ReturnType<typeof saying>) {
  const room = createAlerts({
    database,
    sources: onlyPrices(market),
    pastPrices: () => Promise.resolve([]),
    now: Date.now,
    log: quiet,
  });
  const engine = createTestEngine({
    database,
    bots: new Map([['discord', bot]]),
    kinds: [
      room.kind({
        crossed: (order) => Promise.resolve(crossedCard(order, Date.now())),
        ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
      }),
    ],
    render: () => Promise.reject(new Error('no digests here')),
    now: Date.now,
    sleep,
    log: quiet,
  });
  return { engine, beat: every(() => void engine.tick(), 1_000) };
}

async function fill(database: Database): Promise<void> {
  const createdAt = Date.now();
  const rows = Array.from({ length: SINGLE + WAVE }, (_, index) => {
    const coin = index < SINGLE ? singleCoin(index) : WAVE_COIN;
    return alertRow(index, { coin, price: 105, channel: channelOf(index), createdAt });
  });
  for (let from = 0; from < rows.length; from += 500)
    await database.sql
      .insertInto('alert')
      .values(rows.slice(from, from + 500))
      .execute();
}
