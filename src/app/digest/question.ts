// The question of the day: one of the checked answers, by the calendar, none twice before all had their turn.
import type { Block } from '../card.ts';
import type { Services } from '../services.ts';
import { DAY } from '../../base/clock.ts';
import type { FaqEntry } from '../../content/schema.ts';

/** Answers about the bot itself are no facts to learn. */
const ABOUT_THE_BOT = 'bot';

/** The entry of the local calendar day at `now` (epoch ms) in a zone; null without any entry. */
export function questionOfTheDay(faq: ReadonlyMap<string, FaqEntry>, now: number, zone: string): FaqEntry | null {
  const entries = [...faq.values()].filter(({ tags }) => !tags.includes(ABOUT_THE_BOT));
  const turn = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return turn.length === 0 ? null : (turn[dayNumber(now, zone) % turn.length] ?? null);
}

/** Days since 1970 on the calendar of a zone. */
function dayNumber(now: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: zone,
  }).formatToParts(now);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Math.floor(Date.UTC(part('year'), part('month') - 1, part('day')) / DAY);
}

/** The question as a line of the digest; nothing while there is none. @param now epoch ms */
export function questionBlock(
  { now, zone }: { now: number; zone: string },
  { content }: Pick<Services, 'content'>,
): Block[] {
  const entry = questionOfTheDay(content.faq, now, zone);
  if (entry === null) return [];
  return [{ kind: 'text', spans: [{ kind: 'bold', text: 'Question of the day' }, ` · ${entry.question}`] }];
}
