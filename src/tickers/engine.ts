// Tickers, wired: the port for commands, and the round that writes each status again at most every five minutes.
import { HOUR, MINUTE } from '../base/clock.ts';
import { UserError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Bot, VoiceStatus } from '../bots/bot.ts';
import type { Database } from '../store/database.ts';
import { createTickerStore, type TickerRow } from '../store/tickers/tickers.ts';
import type { TickerPlace, Tickers } from './tickers.ts';

/** Each writing is a request and an entry in the server's audit log. */
const EVERY_MS = 5 * MINUTE;
/** A refusal rarely ends by itself, and refused requests count towards a ban. */
const REFUSED_WAIT_MS = 6 * HOUR;
/** A week of refusals. */
const MOST_REFUSALS = 28;
const WAITS = { everyMs: EVERY_MS, refusedMs: REFUSED_WAIT_MS };
const MOST_OF_A_SERVER = 5;
/** Rows of one round, and those written at once. */
const MOST_AT_A_TIME = 200;
const SIDE_BY_SIDE = 8;
/** Least distance of two looks at the rows. */
const LOOK_MS = 10_000;

export type TickerOptions = {
  database: Database;
  /** By name, as platforms are made. */
  bots: ReadonlyMap<string, Bot>;
  /** The words for a coin's price, with its moment. */
  words: (coin: string) => Promise<string>;
  now: () => number;
  log: Log;
};

export type TickerRoom = {
  tickers: Tickers;
  /** A round over what is due, to its end; none while one is under way or was a moment ago. Never throws. */
  tick(): Promise<void>;
  /** A channel or a whole server is gone: its tickers are. @returns how many */
  retire(place: TickerPlace & { channel?: string }): Promise<number>;
  /** Perhaps rights came back: what was refused there is tried again in the next round. @returns how many */
  retry(place: TickerPlace & { channel?: string }): Promise<number>;
};

export function createTickers({ database, bots, words, now, log }: TickerOptions): TickerRoom {
  const store = createTickerStore(database);
  const voiceOf = (platform: string): VoiceStatus | null => bots.get(platform)?.voice ?? null;

  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function renew(row: TickerRow, said: string): Promise<void> {
    const voice = voiceOf(row.platform);
    const taken = { ...row, next_at: now() + EVERY_MS };
    if (voice === null || !(await store.claim(row, taken.next_at))) return;
    const outcome = await voice.show(row, said);
    // Another process may have taken it away before this arrived; nobody would do so again.
    if (outcome.kind === 'shown' && (await store.of(row)).length === 0) await voice.show(row, null);
    if (outcome.kind === 'shown' && row.refused > 0) await store.refused(taken, 0, taken.next_at);
    if (outcome.kind !== 'refused') return;
    const refused = row.refused + 1;
    log.info({ platform: row.platform, code: outcome.code }, 'the status of a voice channel was refused');
    if (outcome.reason === 'gone' || refused >= MOST_REFUSALS) await store.remove(row);
    else await store.refused(taken, refused, now() + REFUSED_WAIT_MS);
  }

  async function round(): Promise<void> {
    const due = (await store.due(now(), WAITS, MOST_AT_A_TIME)).filter(
      ({ platform }) => voiceOf(platform) !== null && bots.get(platform)?.health().connected === true,
    );
    const said = new Map<string, Promise<string>>();
    for (const { coin } of due) if (!said.has(coin)) said.set(coin, words(coin));
    await Promise.allSettled(said.values());
    for (let index = 0; index < due.length; index += SIDE_BY_SIDE) {
      const group = due.slice(index, index + SIDE_BY_SIDE);
      const done = await Promise.allSettled(group.map(async (row) => renew(row, (await said.get(row.coin)) ?? '')));
      for (const result of done)
        if (result.status === 'rejected') log.warn({ err: result.reason }, 'a ticker was not written');
    }
  }

  return {
    tickers: {
      async set(place, { channel, coin }) {
        const voice = voiceOf(place.platform);
        if (voice === null) throw new UserError('no-voice', 'There are no voice channels here that I can write under.');
        const there = await store.of(place);
        const known = there.find((row) => row.channel === channel);
        if (known === undefined && there.length >= MOST_OF_A_SERVER) throw tooMany();
        const target = { tenant: place.tenant, channel };
        const can = await voice.canShow(target);
        if (can.kind === 'no') throw new UserError('ticker-refused', can.remedy);
        const said = await words(coin);
        if (known?.coin === coin && known.refused === 0 && known.next_at > now()) return { words: said, shown: true };
        const row = { ...place, channel, coin, refused: 0, next_at: now() + EVERY_MS };
        if (!(await store.admit(row, MOST_OF_A_SERVER))) throw tooMany(); // before the line: nobody would look after it
        const outcome = await voice.show(target, said);
        if (outcome.kind !== 'refused') return { words: said, shown: outcome.kind === 'shown' };
        await (known === undefined ? store.remove(row) : store.put(known));
        throw new UserError('ticker-refused', `Discord refuses it there (code ${outcome.code}). ${voice.remedy}`);
      },
      async clear(place, channel) {
        const [row] = await store.of({ ...place, channel });
        if (row === undefined || (await store.remove(row)) === 0) return false;
        const outcome = await voiceOf(place.platform)?.show(row, null);
        if (outcome?.kind !== 'not-now') return true;
        await store.put(row); // without it nobody would ever take the line away
        throw new UserError(
          'ticker-stays',
          `Discord does not take it away just now (code ${outcome.code}). Please try again.`,
        );
      },
      list: async (place) => (await store.of(place)).map(({ channel, coin }) => ({ channel, coin })),
    },
    async tick() {
      if (looking || Math.abs(now() - lookedAt) < LOOK_MS) return;
      looking = true;
      lookedAt = now();
      await round().catch((error: unknown) => log.warn({ err: error }, 'no ticker was written'));
      looking = false;
    },
    retire: (place) => store.remove(place),
    retry: (place) => store.retry(place, now()),
  };
}

function tooMany(): UserError {
  return new UserError(
    'too-many-tickers',
    `A server can have ${MOST_OF_A_SERVER} tickers. Take one away with \`/ticker clear\` first.`,
  );
}
