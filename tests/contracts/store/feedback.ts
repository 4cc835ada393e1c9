// Votes and gaps of the FAQ on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFeedback } from '../../../src/store/feedback.ts';
import type { OpenProcesses, Processes } from './processes.ts';

export function feedbackContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('counts votes and gaps, and forgets the rarest gaps beyond the bound', async () => {
    const feedback = createFeedback(processes.all[0], () => 5);
    await feedback.vote('halving', true);
    await feedback.vote('halving', false);
    await feedback.missed('what is love');
    await feedback.missed('what is love');
    await feedback.missed('x'.repeat(10_000));
    expect(await feedback.votes()).toEqual([{ entryId: 'halving', useful: 1, notUseful: 1 }]);
    const [first, second] = await feedback.gaps(10);
    expect(first).toEqual({ question: 'what is love', count: 2 });
    expect(second?.question.length).toBe(200);
  });
}
