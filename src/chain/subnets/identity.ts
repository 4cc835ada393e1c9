// Names, texts and links that subnet owners write: cleaned and bounded before anything else sees them.
import { visibleLine } from '../../base/visible-text.ts';
import type { SubnetDetails } from '../runtime/details.ts';
import type { SubnetIdentity, SubnetLink } from './port.ts';

const NAME_LIMIT = 40;
const SYMBOL_LIMIT = 8;
const DESCRIPTION_LIMIT = 500;
const LINK_LIMIT = 500;
/** "example.org/path": people leave the scheme out. */
const BARE_DOMAIN = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+(?:[/?#]|$)/iu;
const DOMAIN = /^(?:[a-z\d_-]+\.)+(?:[a-z]{2,}|xn--[a-z\d-]+)$/u;
const HIDDEN = /[\p{C}\s\u2028\u2029]/u;

/** What a subnet calls itself; "Subnet 64" when nothing readable is left. */
export function identityOf({ netuid, name, symbol, identity }: SubnetDetails): SubnetIdentity {
  return {
    name: firstText([name, identity?.name ?? ''], NAME_LIMIT) ?? fallbackName(netuid),
    symbol: firstText([symbol], SYMBOL_LIMIT) ?? `SN${netuid}`,
    description: firstText([identity?.description ?? ''], DESCRIPTION_LIMIT),
    links: {
      site: linkOf(identity?.url ?? ''),
      github: linkOf(identity?.github ?? ''),
      discord: linkOf(identity?.discord ?? ''),
    },
  };
}

/** Identity of a subnet about which only the number is known. */
export function unknownIdentity(netuid: number): SubnetIdentity {
  const links = { site: null, github: null, discord: null };
  return { name: fallbackName(netuid), symbol: `SN${netuid}`, description: null, links };
}

function fallbackName(netuid: number): string {
  return `Subnet ${netuid}`;
}

function firstText(candidates: readonly string[], limit: number): string | null {
  return candidates.map((text) => visibleLine(text, limit)).find((text) => text !== '') ?? null;
}

/**
 * A web address of a public host, without credentials, port or hidden characters; null for everything else (handles, other schemes,
 * addresses of machines). The domain is in ASCII, so that look-alike letters show.
 */
function linkOf(text: string): SubnetLink | null {
  const given = text.trim();
  if (given.length > LINK_LIMIT || HIDDEN.test(given)) return null;
  const address = BARE_DOMAIN.test(given) ? `https://${given}` : given;
  if (!/^https?:\/\//iu.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.username === '' && url.password === '' && url.port === '' && DOMAIN.test(url.hostname);
  if (!plain || url.href.length > LINK_LIMIT) return null;
  return { href: url.href, domain: url.hostname.replace(/^www\./u, '') };
}
