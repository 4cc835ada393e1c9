// What becomes of digests, alerts and tickers when servers, workspaces and channels go, close and come back.
import type { Log } from '../base/log.ts';
import type { PlaceEvents } from '../bots/platform.ts';
import type { Core } from './core.ts';

type Place = { platform: string; tenant: string; channel?: string };

export function placeEvents(
  platform: string,
  { digests, alerts, tickers }: Pick<Core, 'digests' | 'alerts' | 'tickers'>,
  log: Log,
): PlaceEvents {
  const report = (what: string, work: Promise<number>) => {
    work
      .then((count) => count > 0 && log.info({ platform, count }, what))
      .catch((error: unknown) => log.error({ err: error, platform }, `${what}: failed`));
  };
  const retire = (place: Place, reason: string, what: string) => {
    report(`digests of ${what} are retired`, digests.retire(place, reason));
    report(`alerts of ${what} stop`, alerts.retire(place, reason));
    report(`tickers of ${what} end`, tickers.retire(place));
  };
  return {
    onRemoved: (tenant) => retire({ platform, tenant }, 'uninstalled', 'a place that removed the bot'),
    onChannelGone: (tenant, channel) => retire({ platform, tenant, channel }, 'gone', 'a deleted channel'),
    onChannelClosed: (tenant, channel, why) =>
      report(
        'digests of a closed channel are stopped',
        digests.suspend({ platform, tenant, channel }, why === 'archived' ? 'archived' : 'forbidden:not-member'),
      ),
    onAccess(tenant, channel) {
      const place = { platform, tenant, ...(channel === undefined ? {} : { channel }) };
      report('stopped digests go on', digests.revive(place));
      report('refused tickers are tried again', tickers.retry(place));
    },
  };
}
