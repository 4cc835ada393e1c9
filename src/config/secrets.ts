// Which values of the settings must never be printed: secrets, the password of the database, and keys in the path of a source's address.
import type { Config } from './config.ts';
import { type Setting, type SettingName, SETTINGS } from './settings.ts';

/** The values that must never be printed, for the log's redaction. */
export function secretsOf(config: Config): string[] {
  const names = Object.entries<Omit<Setting, 'name'>>(SETTINGS)
    .filter(([, setting]) => setting.secret)
    .map(([name]) => name as SettingName);
  const values = names.filter((name) => name !== 'DATABASE_URL').map((name) => config[name]);
  return [...values, ...passwordsOf(config.DATABASE_URL), ...addressesOf(config).flatMap(keysIn)].filter(
    (value): value is string => typeof value === 'string' && value.length > 3,
  );
}

/** As it is written in the address, and as the database server knows it. */
function passwordsOf(databaseUrl: string): string[] {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url === null) return [];
  return [url.password, url.searchParams.get('password') ?? ''].flatMap((password) => [password, decoded(password)]);
}

/** Every address that we ask; `PUBLIC_URL` is for everybody. */
function addressesOf(config: Config): string[] {
  return Object.entries(config)
    .filter(([name]) => name !== 'PUBLIC_URL' && name !== 'DATABASE_URL')
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value): value is string => typeof value === 'string' && /^https?:/.test(value));
}

/** Providers of nodes take the key as a part of the path, e.g. "/v3/<32 hexadecimal digits>". */
function keysIn(address: string): string[] {
  const parts = URL.canParse(address) ? new URL(address).pathname.split('/') : [];
  return parts.filter(isKey).flatMap((part) => [part, decoded(part)]);
}

const SHORTEST_KEY = 8;
/** Longer than words and names in paths are. */
const LONGEST_WORD = 24;

/** A word of a path ("public", "bittensor-finney", "v3") must stay readable in the log; what is long, or mixes kinds of characters, need not. */
function isKey(part: string): boolean {
  return part.length > LONGEST_WORD || (part.length >= SHORTEST_KEY && !/^[a-z._-]+$/.test(part));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
