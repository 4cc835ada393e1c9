// What the store promises, the same on every engine: one suite that each engine has to pass.
import { describe } from 'vitest';
import { alertsContract } from './store/alerts.ts';
import { deliveriesContract } from './store/deliveries.ts';
import { feedbackContract } from './store/feedback.ts';
import { forgottenContract } from './forgotten.ts';
import { forgottenRowsContract } from './forgotten-rows.ts';
import { inboxContract } from './inbox.ts';
import { lastPlaceContract } from './last-place.ts';
import { journalContract } from './store/journal.ts';
import { leasesContract } from './store/leases.ts';
import { ledgerContract } from './store/ledger.ts';
import { memoryContract } from './store/memory.ts';
import { openProcesses } from './store/processes.ts';
import { shownListsContract } from './store/shown-lists.ts';
import { slackContract } from './store/slack.ts';
import { subscriptionsContract } from './store/subscriptions.ts';
import { tickersContract } from './tickers.ts';

const PARTS = {
  'alerts of several processes': alertsContract,
  deliveries: deliveriesContract,
  'the journal of posts': journalContract,
  'the ledger as a whole': ledgerContract,
  leases: leasesContract,
  subscriptions: subscriptionsContract,
  'lists that were shown': shownListsContract,
  'installations of workspaces': slackContract,
  'events that were handled': inboxContract,
  feedback: feedbackContract,
  memory: memoryContract,
  tickers: tickersContract,
  'the last free place': lastPlaceContract,
  'somebody who is forgotten': forgottenContract,
  'what is forgotten meanwhile': forgottenRowsContract,
};

/** @param freshUrl makes an empty database and returns its URL */
export function describeStore(engine: string, freshUrl: () => Promise<string>): void {
  describe.each(Object.entries(PARTS))(`${engine}: %s`, (_part, contract) => {
    contract(async () => await openProcesses(await freshUrl()));
  });
}
