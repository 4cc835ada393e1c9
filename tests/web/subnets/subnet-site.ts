// The web server over the subnet market of a fake node, with a clock that only the test moves.
import { openTestSite } from '../../fakes/web.ts';
import { openScene } from '../../chain/subnets/scene.ts';
import { recordPast } from '../../app/subnets/scene.ts';

export type SubnetSite = Awaited<ReturnType<typeof openSubnetSite>>;

/** `minutes`: readings before the first visit, so that names, pools and slow values are known; `hours` of own readings before that. */
export async function openSubnetSite({ minutes = 6, hours = 0 } = {}) {
  const scene = await openScene();
  const site = await openTestSite({
    now: () => scene.clock.now,
    settings: { SUBTENSOR_RPC_URL: scene.node.url },
  });
  site.core.services.subnets = scene.subnets;
  if (hours > 0) await recordPast(scene, hours);
  if (minutes > 0) await scene.minutes(minutes);
  return {
    ...scene,
    core: site.core,
    base: site.base,
    get: site.get,
    text: async (path: string) => (await site.get(path)).text(),
    json: async (path: string) => (await site.get(path)).json() as Promise<Record<string, unknown>>,
    async close() {
      await site.close();
      await scene.close();
    },
  };
}
