// The tables as types. Times are epoch milliseconds, booleans 0/1, structured values JSON text: the same on both engines.
import type { AlertEventRow, AlertMarkRow, AlertRow } from './alerts/tables.ts';
import type { BodyRow, DeliveryRow, LeaseRow } from './delivery/tables.ts';
import type { SubscriptionRow } from './digests/tables.ts';
import type { InboxRow } from './inbox/tables.ts';
import type { ShownListRow } from './shown-lists/tables.ts';
import type { TickerRow } from './tickers/tables.ts';
import type { InstallationRow, WorkspaceFlagRow } from './slack/tables.ts';
import type { SubnetPriceRow, SubnetReadingRow, SubnetSnapshotRow } from './subnets/tables.ts';

export interface Tables {
  meta: { key: string; value: string };
  quote: { key: string; json: string; at: number };
  credit: { source: string; day: string; calls: number };
  vote: { tenant: string; entry_id: string; useful: number; not_useful: number };
  mismatch: { tenant: string; kind: string; entry_id: string; wrong: number; other: number };
  gap: { tenant: string; question: string; count: number; last_at: number };
  inbox: InboxRow;
  installation: InstallationRow;
  workspace_flag: WorkspaceFlagRow;
  subscription: SubscriptionRow;
  shown_list: ShownListRow;
  delivery: DeliveryRow;
  body: BodyRow;
  lease: LeaseRow;
  alert: AlertRow;
  alert_event: AlertEventRow;
  alert_mark: AlertMarkRow;
  ticker: TickerRow;
  subnet_snapshot: SubnetSnapshotRow;
  subnet_reading: SubnetReadingRow;
  subnet_price: SubnetPriceRow;
}
