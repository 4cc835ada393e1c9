// What must hold after the last fault: each digest once a day, each alert once or on record as missed, every number true, nothing left over.
import { DAY } from '../../src/base/clock.ts';
import type { Prices } from './wire/prices.ts';
import type { PlatformEnd, SeenPost } from './wire/platforms.ts';

/** An alert that was acknowledged. `channel`: as it was asked for; `shownIn`: where its message is seen. */
export type PromisedAlert = { platform: string; channel: string; shownIn: string };

/** What was acknowledged: digests by place, alerts by the channel that was asked for; `asked`: for how many alerts somebody asked. */
export type Promised = {
  digests: { platform: string; channel: string }[];
  alerts: Map<string, PromisedAlert>;
  asked: number;
};

type Evidence = {
  platforms: readonly PlatformEnd[];
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
  const posts = platforms.flatMap((platform) => platform.posts().map((post) => ({ ...post, platform: platform.name })));
  const problems = platforms.flatMap(({ name, complaints }) => complaints().map((words) => `${name}: ${words}`));
  for (const { platform, channel } of promised.digests)
    for (let day = 0; day < days; day++) {
      const from = start + day * DAY;
      const seen = posts.filter(
        (post) => isDigest(post) && post.channel === channel && post.at >= from && post.at < from + DAY,
      );
      if (seen.length !== 1) problems.push(`${platform} ${channel}, day ${day}: ${seen.length} posts`);
    }
  for (const { platform, channel, shownIn } of promised.alerts.values()) {
    const told = posts.filter((post) => post.platform === platform && post.channel === shownIn && isAlert(post));
    if (told.length > 1 || (told.length === 0 && !missed.has(channel)))
      problems.push(
        `alert of ${channel}: told ${told.length} times, ${missed.has(channel) ? 'one' : 'none'} said to be missed`,
      );
  }
  problems.push(...posts.flatMap((post) => falseNumbers(post, prices)));
  if (open > 0) problems.push(`${open} deliveries are not settled`);
  return problems;
}

const isDigest = ({ text }: SeenPost): boolean => text.includes('digest ');
const isAlert = ({ text }: SeenPost): boolean => text.includes('Alert ·');

function falseNumbers(post: SeenPost, prices: Prices): string[] {
  const { channel, text } = post;
  const [, price, at] = /digest ([\d.]+) at (\d+)/.exec(text) ?? [];
  if (price !== undefined && !prices.isTrue(Number(price), Number(at)))
    return [`${channel} shows ${price}, which was not true at ${at}`];
  const beyond = isAlert(post) ? Number(/\$([\d,.]*\d)/.exec(text)?.[1]?.replaceAll(',', '')) : 0;
  if (Number.isNaN(beyond)) return [`${channel} has an alert without a price: ${text}`];
  return beyond > prices.highest() ? [`${channel} tells of ${beyond}, which never was`] : [];
}
