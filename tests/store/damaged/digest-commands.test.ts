// What people read of a digest that cannot be read any more: lists go on, say what is wrong with it, and offer to delete it.
import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import type { SubscriptionRow } from '../../../src/store/digests/subscriptions.ts';
import { buttons, openDigestCommands } from '../../digests/digest-commands.ts';

const stage = openDigestCommands();
const { say, create } = stage;
const DAMAGES: Partial<SubscriptionRow>[] = [
  { spec: '{broken' },
  { spec: '{"coins":["bittensor"],"currency":"usd","locale":"no locale!"}' },
  { kind: 'moonphase' },
  { zone: 'Mars/Phobos' },
  { local_time: '99:99' },
  { days: 'someday' },
];

let count = 0;
let who = { tenant: '', channel: '' };
beforeEach(() => {
  count++;
  who = { tenant: `guild${count}`, channel: `9000${count}` };
});

const words = async (text: string) => plainText(await say(text, who));
const row = async (id: string) =>
  await stage.core.database.sql.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst();
async function damage(id: string, patch: Partial<SubscriptionRow>): Promise<void> {
  await stage.core.database.sql.updateTable('subscription').set(patch).where('id', '=', id).execute();
}
/** The id of the only digest here. */
async function made(text: string): Promise<string> {
  await create(text, who);
  const [view] = await stage.engine.digests.list({ platform: 'discord', ...who });
  return view?.id ?? '';
}

describe.each(DAMAGES)('a digest with %j', (patch) => {
  it('is listed as stopped, here and everywhere, before it is due and after; the others are listed, too', async () => {
    const id = await made('09:00 UTC near');
    stage.clock += 1000;
    await create('18:30 UTC tao', who);
    await damage(id, patch);
    for (const wish of ['/digest list', '/digest list everywhere']) {
      const listed = await words(wish);
      expect(listed).toMatch(new RegExp(`^.*1 .*stopped\\. .*Delete it and create it again.*${id}`, 'm'));
      expect(listed).toContain('2 TAO every day at 18:30 UTC · next');
    }
    stage.clock += 25 * 3_600_000;
    await stage.engine.tick();
    await stage.engine.settled();
    expect(await row(id)).toMatchObject({ status: 'suspended', next_at: null });
    expect(await words('/digest list')).toMatch(new RegExp(`1 .*stopped\\. .*${id}`));
  });

  it('is offered to be deleted, which takes it away for good', async () => {
    const id = await made('09:00 UTC near');
    await damage(id, patch);
    expect(buttons(await say('/digest list', who)).map(({ label }) => label)).toEqual(['Delete']);
    const deleted = await say(`/digest delete ${id}`, who);
    expect(plainText(deleted)).toContain('Digest deleted');
    expect(buttons(deleted)).toEqual([]); // what cannot be read cannot be brought back
    expect(await words('/digest list')).toContain('No digests here yet');
  });

  it.each(['resume', 'now', 'preview'])('says what to do when asked to %s', async (command) => {
    const id = await made('09:00 UTC near');
    await damage(id, { ...patch, status: 'paused', next_at: null });
    const card = await say(`/digest ${command} ${id}`, who);
    expect(card.outcome).toBe('invalid');
    expect(plainText(card)).toContain('Delete it and create it again');
    await stage.engine.tick();
    await stage.engine.settled();
    expect(stage.posted.filter(({ channel }) => channel === who.channel)).toEqual([]);
    expect(await words('/digest list')).toMatch(/stopped\. .*Delete it/);
  });

  it('is not started from a draft', async () => {
    const draft = await say('/digest create 09:00 UTC near', who);
    const id = /\/digest resume (\w+)/.exec(plainText(draft))?.[1] ?? '';
    await damage(id, patch);
    expect(await words(`/digest resume ${id}`)).toContain('Delete it and create it again');
    expect(await row(id)).toMatchObject({ status: 'draft' });
  });

  it('keeps nobody from making another one', async () => {
    await damage(await made('09:00 UTC near'), patch);
    expect(await create('09:00 UTC near', who)).toContain('Digest started');
  });
});
