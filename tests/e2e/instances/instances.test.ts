// Three processes on one PostgreSQL, both platforms on, under load: stopped past the lease, killed, restarted in turn, the database restarted and vanished.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zoneDataVersion } from '../../../src/digests/schedule/tzdata-check.ts';
import { subscription } from '../../delivery/stage.ts';
import { GUILD } from '../../fakes/discord/events.ts';
import { discordChannel, discordVisitors, openDiscordBook } from './discord-visitors.ts';
import { openSlackBook, slackChannel, slackVisitors } from './slack-visitors.ts';
import { openStage, type Stage, within } from './stage.ts';
import { type Books, postsAt, tally } from './tally.ts';

/** `npm run instances` plays several rounds, and longer ones. */
const ROUNDS = Number(process.env['INSTANCE_ROUNDS'] ?? 0);
/** Longer than the lease of whoever sends (15 s); how long the database is gone. */
const [STOP_MS, VANISHED_MS] = ROUNDS > 0 ? [40_000, 25_000] : [16_000, 5000];
const BACK_MS = 30_000;
const EVERY_MS = 200;
const DUE_AT_ONCE = 4;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

it(
  'one answer per event, one effect per press, one post per slot; back by itself within 30 s',
  { timeout: 120_000 + ROUNDS * 240_000 },
  async () => {
    await allConnected();
    const books: Books = { discord: openDiscordBook(), slack: openSlackBook(), slots: [] };
    const people = { discord: discordVisitors(stage, books.discord), slack: slackVisitors(stage, books.slack) };
    const life = { books, people, cut: [] as number[] };
    const load = startLoad(people);
    for (let index = 0; index < Math.max(1, ROUNDS); index++) await round(index, life);
    await load.end();
    await pause(1000); // what comes twice has come by then
    const nothing = { answeredTwice: [], lost: [], effects: [], slots: [], refused: [] };
    expect(await tally(stage, books, life.cut)).toEqual(nothing);
    expect(books.discord.votes.thanked).toBeGreaterThan(0);
    const leases = await stage.database().sql.selectFrom('lease').select(['name', 'fence']).execute();
    const hands = leases.filter(({ name }) => name.startsWith('sender:')).map(({ fence }) => fence > 1);
    expect(hands).toEqual([true, true]); // sending really changed hands
    const { discord, slack, slots } = books;
    const asked = { discord: discord.asked.length, mentions: discord.mentions.length, slack: slack.asked.length };
    const digests = discord.digests.length + slack.digests.length;
    const figures = { ...asked, digests, votes: discord.votes.pressed, slots: slots.length };
    process.stdout.write(`${JSON.stringify(figures)}\n`); // for docs/performance.md
  },
);

type People = { discord: ReturnType<typeof discordVisitors>; slack: ReturnType<typeof slackVisitors> };
type Life = { books: Books; people: People; cut: number[] };

function startLoad({ discord, slack }: People) {
  const visits = [
    discord.price,
    slack.mention,
    discord.mention,
    slack.price,
    () => discord.digest(true),
    discord.vote,
    slack.digest,
  ];
  const visiting = new Set<Promise<unknown>>();
  let turn = 0;
  const timer = setInterval(() => {
    const visit = visits[turn++ % visits.length]?.().catch(() => undefined);
    if (visit === undefined) return;
    visiting.add(visit);
    void visit.finally(() => visiting.delete(visit));
  }, EVERY_MS);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(visiting);
    },
  };
}

async function allConnected(): Promise<void> {
  expect(await within(60_000, () => stage.connected() === stage.instances.length)).toBe(true);
}

/** Every process is stopped, killed and restarted once in three rounds. */
async function round(first: number, life: Life): Promise<void> {
  const { instances } = stage;
  const [stopped, killed, restarted] = [0, 1, 2].map((index) => (first + index) % instances.length) as [0, 1, 2];
  life.cut.push(Date.now());
  instances[stopped]?.child.kill('SIGSTOP');
  const longEnough = pause(STOP_MS);
  await makeDue(life);

  life.cut.push(Date.now());
  instances[killed]?.child.kill('SIGKILL');
  await instances[killed]?.ended;
  await stage.replace(killed);
  await allConnected();
  await recovered('oneKilled', life);

  await makeDue(life);
  instances[restarted]?.child.kill('SIGTERM');
  expect(await instances[restarted]?.ended).toBe(0);
  await stage.replace(restarted);
  await allConnected();
  await recovered('oneRestarted', life);

  await longEnough;
  await makeDue(life);
  instances[stopped]?.child.kill('SIGCONT');
  await recovered('stoppedGoesOn', life);

  await stage.restartDatabase();
  await makeDue(life);
  await recovered('databaseRestarted', life);

  await makeDue(life);
  stage.proxy.vanish();
  await pause(VANISHED_MS);
  stage.proxy.comeBack();
  await recovered('databaseVanished', life);
  await makeRoom();
}

/** A workspace may have a hundred digests, and people start some fifty of them in a round: the next round begins with none. */
async function makeRoom(): Promise<void> {
  const { sql } = stage.database();
  await sql.updateTable('subscription').set({ tenant: 'earlier rounds' }).where('status', '=', 'active').execute();
}

/** Digests of this minute, on both platforms. */
async function makeDue({ books: { slots } }: Life): Promise<void> {
  const rows = Array.from({ length: DUE_AT_ONCE * 2 }, (_, index) => {
    const onDiscord = index % 2 === 0;
    const channel = onDiscord ? discordChannel() : slackChannel();
    const platform = onDiscord ? 'discord' : 'slack';
    slots.push({ platform, channel });
    const tenant = onDiscord ? GUILD : stage.slack.team;
    return subscription(slots.length, Date.now(), { platform, tenant, channel, zone_data: zoneDataVersion() });
  });
  await stage.database().sql.insertInto('subscription').values(rows).execute();
}

/** Waits until a press has its effect on both platforms and all that is due is posted. */
async function recovered(name: string, { people, books: { slots } }: Life): Promise<void> {
  const well = await Promise.all([
    within(BACK_MS, () => people.discord.digest(false)),
    within(BACK_MS, () => people.slack.digest()),
  ]);
  const open = () => slots.filter((slot) => postsAt(stage, slot) === 0);
  await within(BACK_MS, () => open().length === 0);
  expect([name, well, open()]).toEqual([name, [true, true], []]);
}
