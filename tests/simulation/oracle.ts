// What must hold after the last fault: each digest once a day, each alert once or on record as missed, every number true, nothing left over.
import type { FarEnd, SeenPost } from './far-end.ts';
import type { Prices } from './prices.ts';
import { DAY } from '../../src/base/clock.ts';

/** What was acknowledged: digests by place, alerts by channel. */
export type Promised = { digests: { platform: string; channel: string }[]; alerts: Set<string> };

type Evidence = {
  platforms: readonly FarEnd[];
  prices: Prices;
  promised: Promised;
  days: number;
  start: number;
  /** Channels of alerts whose list says that a crossing could not be told in time. */
  missed: ReadonlySet<string>;
  /** Deliveries that are not settled. */
  open: number;
};

/** One line for each promise that was broken. */
export function problemsOf({ platforms, prices, promised, days, start, missed, open }: Evidence): string[] {
  const posts = platforms.flatMap((platform) => platform.posts);
  const problems: string[] = [];
  for (const { platform, channel } of promised.digests)
    for (let day = 0; day < days; day++) {
      const from = start + day * DAY;
      const seen = posts.filter((post) => post.channel === channel && post.at >= from && post.at < from + DAY);
      if (seen.length !== 1) problems.push(`${platform} ${channel}, day ${day}: ${seen.length} posts`);
    }
  for (const channel of promised.alerts) {
    const told = posts.filter((post) => post.channel === channel && post.text.startsWith('Alert'));
    if (told.length > 1 || (told.length === 0 && !missed.has(channel)))
      problems.push(
        `alert of ${channel}: told ${told.length} times, ${missed.has(channel) ? 'one' : 'none'} said to be missed`,
      );
  }
  problems.push(...posts.flatMap((post) => falseNumbers(post, prices)));
  if (open > 0) problems.push(`${open} deliveries are not settled`);
  return problems;
}

function falseNumbers({ channel, text }: SeenPost, prices: Prices): string[] {
  const [, price, at] = /^digest ([\d.]+) at (\d+)$/.exec(text) ?? [];
  if (price !== undefined && !prices.isTrue(Number(price), Number(at)))
    return [`${channel} shows ${price}, which was not true at ${at}`];
  const beyond = text.startsWith('Alert') ? Number(/\$([\d,.]*\d)/.exec(text)?.[1]?.replaceAll(',', '')) : 0;
  return beyond > prices.highest() ? [`${channel} tells of ${beyond}, which never was`] : [];
}
