// Votes and gaps of the FAQ on every engine.
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { createFeedback } from '../../../src/store/feedback/feedback.ts';
import { createReadDeadline } from '../../../src/store/read-deadline.ts';
import { createRetention } from '../../../src/store/retention.ts';
import type { OpenProcesses, Processes } from './processes.ts';

const OURS = 'discord:1';
const THEIRS = 'discord:2';

export function feedbackContract(open: OpenProcesses): void {
  let processes: Processes;
  let clock: number;
  const feedbackOf = () => createFeedback(processes.all[0], () => clock);
  beforeEach(async () => {
    processes = await open();
    clock = Date.UTC(2026, 10, 22);
  });
  afterEach(() => processes.close());

  it('counts votes and gaps, and cuts what is too long for a question', async () => {
    const feedback = feedbackOf();
    feedback.vote(OURS, 'halving', true);
    feedback.vote(OURS, 'halving', false);
    feedback.missed(OURS, 'what is love');
    feedback.missed(OURS, 'what is love');
    feedback.missed(OURS, 'x'.repeat(10_000));
    await feedback.settled();
    expect(await feedback.votes(OURS)).toEqual([{ entryId: 'halving', useful: 1, notUseful: 1 }]);
    const [first, second] = await feedback.gaps(OURS, 10);
    expect(first).toEqual({ question: 'what is love', count: 2 });
    expect(second?.question.length).toBe(200);
  });

  it('counts pairs of question kind and entry that did not fit, by server, the most frequent first', async () => {
    const feedback = feedbackOf();
    feedback.mismatched(OURS, 'how', 'halving', 'wrong');
    feedback.mismatched(OURS, 'when', 'ledger', 'wrong');
    feedback.mismatched(OURS, 'when', 'ledger', 'other');
    feedback.mismatched(THEIRS, 'who', 'founders', 'other');
    await feedback.settled();
    expect(await feedback.mismatches(OURS, 10)).toEqual([
      { kind: 'when', entryId: 'ledger', wrong: 1, other: 1 },
      { kind: 'how', entryId: 'halving', wrong: 1, other: 0 },
    ]);
    expect(await feedback.mismatches(OURS, 1)).toHaveLength(1);
  });

  it('keeps those of each server apart; the operator sees the sum', async () => {
    const feedback = feedbackOf();
    feedback.missed(OURS, 'what is love');
    feedback.missed(THEIRS, 'what is love');
    feedback.missed(THEIRS, 'who is alice');
    feedback.vote(THEIRS, 'halving', false);
    await feedback.settled();
    expect(await feedback.gaps(OURS, 10)).toEqual([{ question: 'what is love', count: 1 }]);
    expect(await feedback.votes(OURS)).toEqual([]);
    expect(await feedback.gapsOfAll(10)).toEqual([
      { question: 'what is love', count: 2 },
      { question: 'who is alice', count: 1 },
    ]);
  });

  it('makes room for new gaps of a server among its rarest, not among those of others', async () => {
    const feedback = feedbackOf();
    feedback.missed(THEIRS, 'asked once elsewhere');
    for (const question of ['often', 'often', 'rare']) feedback.missed(OURS, question);
    await feedback.settled();
    for (let part = 0; part < 3; part++) {
      clock += 1;
      for (let number = 0; number < 100; number++) feedback.missed(OURS, `question ${part} ${number}`);
      await feedback.settled();
    }
    const kept = (await feedback.gaps(OURS, 1000)).map(({ question }) => question);
    expect(kept).toHaveLength(300);
    expect(kept).toContain('often');
    expect(kept).toContain('question 2 99');
    expect(kept).not.toContain('rare');
    expect(await feedback.gaps(THEIRS, 10)).toHaveLength(1);
  });

  it('forgets a gap after 90 days without another asker', async () => {
    const feedback = feedbackOf();
    feedback.missed(OURS, 'old');
    await feedback.settled();
    clock += 60 * DAY;
    feedback.missed(OURS, 'new');
    await feedback.settled();
    clock += 31 * DAY;
    expect((await feedback.gaps(OURS, 10)).map(({ question }) => question)).toEqual(['new']);
    await createRetention(processes.all[0], () => clock)();
    const left = await sql<{ question: string }>`SELECT question FROM gap`.execute(processes.all[1].sql);
    expect(left.rows).toEqual([{ question: 'new' }]);
  });

  it('takes in what nobody waits for, bounded and without an error, while the database fails', async () => {
    const lines: string[] = [];
    const note = (_fields: object, line: string) => void lines.push(line);
    const log = { debug: note, info: note, warn: note, error: note };
    const feedback = createFeedback(processes.all[0], () => clock, { log });
    await sql`ALTER TABLE gap RENAME TO gap_away`.execute(processes.all[0].sql);
    for (let number = 0; number < 1000; number++) feedback.missed(OURS, `question ${number}`);
    await feedback.settled();
    await sql`ALTER TABLE gap_away RENAME TO gap`.execute(processes.all[0].sql);
    feedback.missed(OURS, 'after');
    await feedback.settled();
    expect(lines).toEqual(['writes behind the answers fail', 'writes behind the answers work again']);
    expect(await feedback.gaps(OURS, 10)).toEqual([{ question: 'after', count: 1 }]);
  });

  it('gives a read up that takes too long', async () => {
    const within = createReadDeadline(() => Promise.resolve());
    const begun: Promise<unknown>[] = [];
    await expect(within(new Promise(() => undefined))).rejects.toMatchObject({ code: 'late' });
    const feedback = createFeedback(processes.all[0], () => clock, {
      within: (read) => {
        begun.push(read);
        return within(new Promise(() => undefined));
      },
    });
    await expect(feedback.gaps(OURS, 1)).rejects.toMatchObject({ code: 'late' });
    await expect(feedback.votes(OURS)).rejects.toMatchObject({ code: 'late' });
    await Promise.all(begun); // the reads themselves end before the database does
  });
}
