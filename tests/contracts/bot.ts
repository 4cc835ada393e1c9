// What every chat platform promises behind the Bot port: one suite that each bot has to pass over its fake platform.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/app/card.ts';
import type { Body, Bot, PostOutcome, Target } from '../../src/bots/bot.ts';

/** Ways in which a platform can refuse the next posts; `broken`: it answers with a fault of its own. */
export type Refusal = 'gone' | 'forbidden' | 'too-large' | 'limited' | 'credential' | 'broken';

/** Posts whose answers are held back. */
export type Held = { arrived(count: number): Promise<void>; release(): void };

/** A bot that is not started, and its fake platform. What a platform cannot do is absent. */
export type BotFixture = {
  bot: Bot;
  /** A channel that takes posts; each number another one. */
  channel(index: number): Target;
  /** Messages that people see now. */
  visible(): number;
  refuse?(how: Refusal): void;
  /** The next post is made, and its answer lost. */
  loseAnswer?(): void;
  hold?(): Held;
  /** Nobody is there any more. */
  down?(): Promise<void>;
  /** Earlier posts can be looked up until this. */
  closeHistory?(): void;
  /** From now on the platform shows an empty history of that channel instead of refusing. */
  hideHistory?(channel: Target): void;
  /** From now on posts to that channel are refused for want of a right. Given where the bot has `canPost`. */
  forbidPosts?(channel: Target): void;
  removes: boolean;
  close(): Promise<void>;
};

const CARD: Card = {
  kind: 'digest',
  outcome: 'ok',
  tone: 'info',
  title: 'Contract card',
  blocks: [{ kind: 'text', spans: ['TAO $250.28'] }],
};
/** As long as a key may be. */
const KEY = 'delivery-0123456789-abcde';
/** Before anything that a test does. */
const LONG_AGO = Date.UTC(2026, 0);

const REFUSALS: readonly (readonly [Refusal, Partial<PostOutcome>])[] = [
  ['gone', { kind: 'bad-target', reason: 'gone' }],
  ['forbidden', { kind: 'bad-target', reason: 'forbidden' }],
  ['too-large', { kind: 'bad-body', reason: 'too-large' }],
  ['limited', { kind: 'not-sent' }],
  ['credential', { kind: 'bad-credential' }],
  ['broken', { kind: 'ambiguous' }],
];

/** @param open makes a fresh fixture for each test */
export function describeBot(name: string, open: () => Promise<BotFixture>): void {
  let fixture: BotFixture;
  let bot: Bot;
  beforeEach(async () => {
    fixture = await open();
    bot = fixture.bot;
  });
  afterEach(() => fixture.close());

  const started = async (): Promise<void> => {
    await bot.start();
    await expect.poll(() => bot.health().connected).toBe(true);
  };
  /** Bodies are kept in a database between attempts. */
  const prepared = async (): Promise<Body> => JSON.parse(JSON.stringify(await bot.prepare(CARD))) as Body;

  describe(`${name}: life`, () => {
    it('is connected from start to stop, and says so', async () => {
      expect(bot.health().connected).toBe(false);
      await started();
      await bot.stop();
      expect(bot.health()).toMatchObject({ connected: false, detail: expect.stringMatching(/./) as string });
    });

    it('stops twice, at the same time and later, and without a start', async () => {
      await bot.stop();
      await Promise.all([bot.stop(), bot.stop()]);
      expect(bot.health().connected).toBe(false);
    });

    it('repeats an unclear post only while the platform surely recognises its key', () => {
      const { keyWindowMs, repeatAfterMs, inFlight, claim } = bot.sendRules;
      expect(repeatAfterMs.filter((ms) => ms >= keyWindowMs)).toEqual([]);
      expect(Math.min(inFlight, claim)).toBeGreaterThan(0);
    });
  });

  describe(`${name}: posts`, () => {
    beforeEach(started);

    it('renders the same card to the same body', async () => {
      expect(await prepared()).toEqual(await prepared());
    });

    it('sends a prepared body once per key', async () => {
      const before = fixture.visible();
      const body = await prepared();
      const outcomes = await Promise.all([1, 2, 3].map((index) => bot.post(fixture.channel(index), body, `k${index}`)));
      expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'sent', messageId: expect.any(String) as string })));
      expect(fixture.visible() - before).toBe(3);
    });

    it('makes at most one message of a repeated key where the platform can tell', async () => {
      const before = fixture.visible();
      const body = await prepared();
      const first = await bot.post(fixture.channel(1), body, KEY);
      const second = await bot.post(fixture.channel(1), body, KEY);
      expect([first.kind, second.kind]).toEqual(['sent', 'sent']);
      expect(fixture.visible() - before).toBe(bot.sendRules.keyWindowMs > 0 ? 1 : 2);
    });

    it('finds a post by its key, and says that it cannot see rather than guess', async () => {
      const sent = await bot.post(fixture.channel(1), await prepared(), KEY);
      const found = await bot.find(fixture.channel(1), KEY, LONG_AGO);
      if (fixture.closeHistory === undefined) return expect(found).toEqual({ kind: 'cannot-see' });
      expect(found).toEqual({ kind: 'found', messageId: sent.kind === 'sent' ? sent.messageId : '' });
      expect(await bot.find(fixture.channel(1), 'another key', LONG_AGO)).toEqual({ kind: 'absent' });
      expect(await bot.find(fixture.channel(2), KEY, LONG_AGO)).toEqual({ kind: 'absent' });
      fixture.closeHistory();
      expect(await bot.find(fixture.channel(1), KEY, LONG_AGO)).toEqual({ kind: 'cannot-see' });
    });

    it('does not take a hidden history for an absent post', async () => {
      if (fixture.hideHistory === undefined) return;
      await bot.post(fixture.channel(1), await prepared(), KEY);
      fixture.hideHistory(fixture.channel(1));
      expect(await bot.find(fixture.channel(1), KEY, LONG_AGO)).toEqual({ kind: 'cannot-see' });
    });

    it('says before a promise is made whether posts can arrive, with the remedy', async () => {
      if (bot.canPost === undefined) return;
      expect(await bot.canPost(fixture.channel(1))).toEqual({ kind: 'yes' });
      fixture.forbidPosts?.(fixture.channel(1));
      expect(await bot.canPost(fixture.channel(1))).toEqual({
        kind: 'no',
        missing: expect.arrayContaining([expect.any(String)]) as string[],
        remedy: expect.stringMatching(/^I .*\.$/) as string,
      });
    });

    it('removes a message, and an absent one without an error', async () => {
      const before = fixture.visible();
      const sent = await bot.post(fixture.channel(1), await prepared(), KEY);
      if (sent.kind !== 'sent') throw new Error(`not sent: ${sent.code}`);
      await bot.remove(fixture.channel(1), sent.messageId);
      await bot.remove(fixture.channel(1), sent.messageId);
      expect(fixture.visible() - before).toBe(fixture.removes ? 0 : 1);
    });

    it.each(REFUSALS)('tells what a refusal means: %s', async (how, expected) => {
      if (fixture.refuse === undefined) return;
      const before = fixture.visible();
      const body = await prepared();
      fixture.refuse(how);
      const outcome = await bot.post(fixture.channel(1), body, KEY);
      expect(outcome).toMatchObject(expected);
      if (how === 'limited') expect(outcome).toHaveProperty('retryAfterMs', expect.any(Number));
      expect(fixture.visible() - before).toBe(0);
    });

    it('calls a lost answer ambiguous, and what clears it up makes no second message', async () => {
      if (fixture.loseAnswer === undefined) return;
      const before = fixture.visible();
      const body = await prepared();
      fixture.loseAnswer();
      expect((await bot.post(fixture.channel(1), body, KEY)).kind).toBe('ambiguous');
      const cleared =
        bot.sendRules.keyWindowMs > 0
          ? await bot.post(fixture.channel(1), body, KEY)
          : await bot.find(fixture.channel(1), KEY, LONG_AGO);
      expect(['sent', 'found']).toContain(cleared.kind);
      expect(fixture.visible() - before).toBe(1);
    });

    it('is certainly not sent when nobody is there', async () => {
      if (fixture.down === undefined) return;
      const body = await prepared();
      await fixture.down();
      expect((await bot.post(fixture.channel(1), body, KEY)).kind).toBe('not-sent');
    });

    it('stops while posts are under way: each of them tells the truth', async () => {
      const before = fixture.visible();
      const body = await prepared();
      const held = fixture.hold?.();
      const posts = Array.from({ length: 8 }, (_, index) => bot.post(fixture.channel(index), body, `k${index}`));
      await held?.arrived(3);
      const stopped = bot.stop();
      held?.release();
      const kinds = (await Promise.all(posts)).map(({ kind }) => kind);
      await stopped;
      expect(kinds.filter((kind) => kind !== 'sent' && kind !== 'not-sent')).toEqual([]);
      expect(kinds.filter((kind) => kind === 'sent')).toHaveLength(fixture.visible() - before);
      expect(fixture.visible() - before).toBeGreaterThanOrEqual(3);
    });

    it('asks before a post leaves, and sends nothing when that is too late', async () => {
      const before = fixture.visible();
      const body = await prepared();
      let asked = 0;
      const outcome = await bot.post(fixture.channel(1), body, KEY, () => (asked++, false));
      expect(outcome).toEqual({ kind: 'not-sent', code: 'not-left' });
      expect([asked, fixture.visible() - before]).toEqual([1, 0]);
      const sent = await bot.post(fixture.channel(1), body, KEY, () => (asked++, true));
      expect(sent.kind).toBe('sent');
      expect([asked, fixture.visible() - before]).toEqual([2, 1]);
    });

    it('sends nothing after it was stopped', async () => {
      const body = await prepared();
      await bot.stop();
      const before = fixture.visible();
      expect((await bot.post(fixture.channel(1), body, KEY)).kind).toBe('not-sent');
      expect(fixture.visible()).toBe(before);
    });
  });
}
