// What a live process tells of overdue posts while another one is stopped, and whether the operators' rule would fire by it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MINUTE } from '../../../src/base/clock.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { overdueGauges } from '../../../src/wiring/health/overdue-gauges.ts';
import { openRows } from '../stage.ts';

const RULES = path.join(import.meta.dirname, '../../../deploy/alert-rules.yml');
/** Posts that were due in the last minute are older than the rule allows by then. */
const LATER_MS = 7 * MINUTE;

/** Seven minutes from now, if nothing changes until then: what the figures say, beside the posts that are open in fact. */
export async function overdueSeen(url: string): Promise<{ told: number; open: number; alarmed: boolean }> {
  const limit = /max\(taobot_deliveries_oldest_overdue_seconds\) > (\d+)/.exec(readFileSync(RULES, 'utf8'))?.[1];
  if (limit === undefined) throw new Error('the rule is gone');
  const database = await openDatabase(url);
  try {
    const open = await openRows(database);
    const gauges = await overdueGauges(database, Date.now() + LATER_MS);
    const of = (name: string) => gauges.find((gauge) => gauge.name === name)?.value ?? Number.NaN;
    const oldest = of('taobot_deliveries_oldest_overdue_seconds');
    return { told: of('taobot_deliveries_overdue'), open, alarmed: oldest > Number(limit) };
  } finally {
    await database.close();
  }
}
