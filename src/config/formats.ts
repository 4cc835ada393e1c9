// Forms that the values of settings have; each says what is wrong with a value, never the value itself.
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { readShardList } from '../bots/discord/shards/shard-list.ts';
import { isCurrency } from '../market/currencies.ts';
import { FALLBACK_IDS } from '../market/fallback/sources.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An https base URL without credentials; plain http only on loopback, so that no key ever travels in the clear. */
export const BaseUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem =
    url === null || !/^https?:$/.test(url.protocol) || url.hostname.includes(',')
      ? 'is not an http(s) address'
      : url.username !== '' || url.password !== ''
        ? 'must not hold credentials'
        : url.protocol === 'http:' && !LOOPBACK.test(url.hostname)
          ? 'must use https (http only on loopback)'
          : url.protocol === 'https:' &&
              (/^[\d.]+$|^\[|^0x/i.test(url.hostname) || url.hostname === 'localhost') &&
              !LOOPBACK.test(url.hostname)
            ? 'must name a host, not an address'
            : /[?#]/.test(text)
              ? 'must not have a query or fragment'
              : null;
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  return text.replace(/\/+$/, '');
});

/** Addresses separated by commas, in order. */
export const BaseUrls = z.string().transform((text, context): [string, ...string[]] => {
  const [first, ...others] = [...new Set(text.split(',').map((word) => word.trim()))].filter((word) => word !== '');
  if (first === undefined) context.addIssue({ code: 'custom', message: 'names no address' });
  return [checkedUrl(first ?? '', context), ...others.map((url) => checkedUrl(url, context))];
});

export const BaseUrlOrNone = z
  .string()
  .transform((text, context) => (text === 'none' ? null : checkedUrl(text, context)));

function checkedUrl(text: string, context: z.RefinementCtx<string>): string {
  const parsed = BaseUrl.safeParse(text);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'is not an address' });
  return text;
}

export const DiscordToken = z
  .string()
  .regex(
    /^[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}$/,
    'is not a bot token (three parts with dots, without "Bot " and quotes)',
  );
/** Stays text: the platform reads it again. */
export const Shards = z.string().transform((list, context) => {
  const read = readShardList(list);
  if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
  return list;
});
/** A token that begins with `prefix` and has its full length. */
export const prefixed = (prefix: string) =>
  z.string().transform((text, context) => {
    const problem = !text.startsWith(prefix)
      ? `must start with ${prefix}`
      : !/^[\w-]+$/.test(text)
        ? 'holds characters that no token has (quotes, spaces or a line break?)'
        : text.length < SHORTEST_TOKEN
          ? 'is too short: copy the whole token'
          : null;
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    return text;
  });
/** Slack states no length; what is as short as this was cut off. */
const SHORTEST_TOKEN = 10;

export const Zone = z.string().transform((zone, context) => {
  const problem = !zoneExists(zone)
    ? 'is not an IANA time zone'
    : zone.includes('/') || /^utc$/i.test(zone)
      ? null
      : 'must be a place or UTC: abbreviations such as EST name a fixed offset or several places';
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  return zone;
});
export const Currency = z
  .string()
  .toLowerCase()
  .refine((code) => isCurrency(code), 'is not a currency that prices are quoted in (codes such as usd, eur, btc)');
export const Locale = z.string().refine((locale) => localeExists(locale), 'is not a language tag');
export const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .pipe(z.number().min(0).max(65_535, 'is above 65535'));
export const Database = z.string().transform((text, context) => {
  const problem = databaseProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  return text;
});
export const Fallbacks = z
  .string()
  .transform((text, context) => {
    if (text.trim() === 'none') return [];
    const names = new Set(text.split(',').map((word) => word.trim())); // a source that is asked twice would confirm itself
    names.delete('');
    if (names.size === 0) context.addIssue({ code: 'custom', message: 'names no source (`none` for none)' });
    return [...names];
  })
  .pipe(z.array(z.enum(FALLBACK_IDS, { error: `may only name ${FALLBACK_IDS.join(', ')} (or none)` })));

/** Proxies whose word about a visitor's address is believed. */
export const Proxies = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((word) => word.trim().toLowerCase())
      .filter(Boolean),
  )
  .refine((names) => names.length > 0 && names.every(isProxyName), {
    error: 'may only hold IP addresses, networks and loopback',
    abort: true,
  })
  .refine(
    (names) => !names.some(isEverybody),
    'holds everybody: whoever writes X-Forwarded-For would then be anybody; name the network of the proxy itself',
  );

export const text = (pattern: RegExp, problem: string) => z.string().regex(pattern, problem);

/** Never names a part of the address: with an unescaped password any part of it may be the password. */
function databaseProblem(text: string): string | null {
  if (/^sqlite:.+/.test(text)) return pathProblem(text.slice('sqlite:'.length));
  if (!/^postgres(ql)?:\/\/.+/.test(text)) return 'is neither sqlite:PATH nor postgres://…';
  const port = /:(\d+)(?:\/[^@]*)?$/.exec(text)?.[1];
  if (port !== undefined && Number(port) > 65_535) return 'names a port above 65535';
  if (!URL.canParse(text) || text.includes('#') || new URL(text).pathname.includes('@'))
    return 'is not a postgres address: percent-encode special characters of the password (@ is %40, # is %23, / is %2F)';
  return null;
}

/** What shells, other libraries and habit write there would make a file or a folder with a strange name, and a new database in it. */
function pathProblem(path: string): string | null {
  if (/^~|\$\w|\$\{/.test(path)) return 'is taken as it is written: no shell replaces ~ or $HOME in it';
  if (/^\/\/[^/]/.test(path)) return 'has no // behind sqlite:, the path begins at once';
  if (path.includes('?')) return 'is a path without options: take away the ? and what follows';
  return /[/\\]$/.test(path) ? 'names a folder: put the name of a file behind it' : null;
}

/** The first object of Intl takes 20 ms and 7 MiB (src/format/english.ts), its list of zones next to nothing: old names are not in it. */
function zoneExists(zone: string): boolean {
  if (zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function localeExists(locale: string): boolean {
  if (locale === 'en') return true;
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

/** An address, a network of one (`10.0.0.0/8`), or `loopback`. */
function isProxyName(text: string): boolean {
  if (text === 'loopback') return true;
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  if (family === 0 || text.split('/').length > 2) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** The widest networks that somebody has for himself: 10.0.0.0/8 and fc00::/7 (https://www.iana.org/assignments/iana-ipv6-special-registry). */
const WIDEST_IPV6_BITS = 7;

/** Wider than any network of one owner, in IPv4 also where IPv6 carries it. */
function isEverybody(name: string): boolean {
  if (name === 'loopback') return false;
  const [address = '', bits] = name.split('/');
  const [family, most] = isIP(address) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  const list = new BlockList();
  list.addSubnet(address, Number(bits ?? most), family);
  const first = Array.from({ length: 256 }, (_, octet) => `${octet}.0.0.1`).filter((one) => list.check(one));
  return first.length > 1 || (family === 'ipv6' && Number(bits ?? most) < WIDEST_IPV6_BITS);
}
