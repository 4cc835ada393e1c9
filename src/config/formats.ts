// Forms that the values of settings have; each says what is wrong with a value, never the value itself.
import { isIP } from 'node:net';
import { z } from 'zod';
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
            : url.search !== '' || url.hash !== ''
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
export const prefixed = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[\\w-]{5,}$`), `must start with ${prefix}`);
export const Zone = z.string().refine((zone) => zoneExists(zone), 'is not an IANA time zone');
export const Locale = z.string().refine((locale) => localeExists(locale), 'is not a language tag');
export const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .pipe(z.number().min(0).max(65_535, 'is above 65535'));
export const Database = z
  .string()
  .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'is neither sqlite:PATH nor postgres://…');
export const Fallbacks = z
  .string()
  .transform((text) =>
    text.trim() === 'none'
      ? []
      : text
          .split(',')
          .map((word) => word.trim())
          .filter(Boolean),
  )
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
  .refine((names) => names.length > 0 && names.every(isProxyName), 'may only hold IP addresses, networks and loopback');

export const text = (pattern: RegExp, problem: string) => z.string().regex(pattern, problem);

function zoneExists(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function localeExists(locale: string): boolean {
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
