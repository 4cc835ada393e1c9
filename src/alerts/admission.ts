// What must hold before an alert is added: room for it, and no twin. A button pressed twice makes one alert, whichever processes take the presses.
import { UserError } from '../base/errors.ts';
import type { AdmissionRows } from '../store/alerts/admit.ts';
import type { AlertRow, AlertStore } from '../store/alerts/alerts.ts';
import { readableSpec, specOf } from './stored-spec.ts';
import { isSameWish } from './wish-check.ts';

const MOST_OWNED = 25;
const MOST_PER_CHANNEL = 50;
const MOST_PER_TENANT = 1_000;
/** Rows that are compared: all that wait, and what was over last. */
const MOST_COMPARED = 100;

/** Adds a row. @throws UserError with the reason against it */
export async function admit(row: AlertRow, store: AlertStore): Promise<void> {
  await store.admit(row, async (rows) => {
    await withinQuota(row, rows);
    await refuseTwin(row, rows);
  });
}

async function refuseTwin(row: AlertRow, store: AdmissionRows): Promise<void> {
  const { platform, tenant, owner } = row;
  const owned = await store.ownedBy({ platform, tenant, owner }, MOST_COMPARED);
  const wished = specOf(row);
  const twin = owned.find((one) => {
    const spec = one.channel === row.channel && one.status !== 'done' ? readableSpec(one) : null;
    return spec !== null && isSameWish(spec, wished);
  });
  if (twin !== undefined)
    throw new UserError('same-alert', `You have this alert already: ${twin.id}. \`/alert list\` shows it.`);
}

/** @throws UserError where there is no room for one more */
export async function withinQuota(
  { platform, tenant, owner, channel }: AlertRow,
  store: Pick<AdmissionRows, 'countOpen'>,
): Promise<void> {
  const place = { platform, tenant };
  const limits = [
    [{ ...place, owner }, MOST_OWNED, `You have ${MOST_OWNED} alerts, the maximum. Delete one first.`],
    [
      { ...place, channel },
      MOST_PER_CHANNEL,
      `This channel has ${MOST_PER_CHANNEL} alerts, the maximum. Delete one first.`,
    ],
  ] as const;
  for (const [where, most, sentence] of limits)
    if ((await store.countOpen(where)) >= most) throw new UserError('quota', sentence);
  // Direct messages outside any server share one place; there only people are counted.
  if (tenant !== '-' && (await store.countOpen(place)) >= MOST_PER_TENANT)
    throw new UserError('quota', `A server or workspace can have ${MOST_PER_TENANT} alerts. Delete some first.`);
}
