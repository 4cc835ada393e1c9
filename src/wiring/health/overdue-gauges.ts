// Overdue posts for `/metrics`: any live process tells of them, also while the one that holds the lease is stopped.
import type { Database } from '../../store/database.ts';
import { overduePosts } from '../../store/delivery/overdue.ts';
import type { Sample } from '../../web/health/metrics.ts';

/** Absent while the database is away, which has figures of its own. `now`: epoch ms. */
export async function overdueGauges(database: Pick<Database, 'sql'>, now: number): Promise<readonly Sample[]> {
  const found = await overduePosts(database, now).catch(() => null);
  if (found === null) return [];
  const gauge = (name: string, help: string, value: number): Sample => ({ name, help, type: 'gauge', value });
  return [
    gauge(
      'taobot_deliveries_overdue',
      'Scheduled posts that were due more than a minute ago and are open',
      found.count,
    ),
    gauge(
      'taobot_deliveries_oldest_overdue_seconds',
      'How long ago the oldest of them was due (0: none)',
      found.oldestMs / 1000,
    ),
  ];
}
