// The parts of a UTC date for node-cron, which asks Intl for them each second: a Date knows them, and the first object of Intl takes 7 MiB and 20 ms
// of the processor (src/format/english.ts).

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

type Part = Intl.DateTimeFormatPart;

/** What `formatToParts` of "en-US" says with node-cron's options, without the text between the parts: node-cron reads them by name. */
export function utcParts(date: Date): Part[] {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = date.toISOString().split(/\D+/);
  const weekday = DAYS[date.getUTCDay()] ?? '';
  const parts = { weekday, month, day, year, hour, minute, second, timeZoneName: 'GMT+0' } as const;
  return Object.entries(parts).map(([type, value]) => ({ type: type as Part['type'], value }));
}

/** Formats of dates that `work` makes for UTC are ours; node-cron keeps them for as long as it runs. Should it make them later one day, they are Intl's. */
export function withUtcParts<T>(work: () => T): T {
  const { DateTimeFormat } = Intl;
  const OnlyUtc = function (locale: string, options: Intl.DateTimeFormatOptions = {}) {
    return options.timeZone === 'UTC' ? { formatToParts: utcParts } : new DateTimeFormat(locale, options);
  };
  Intl.DateTimeFormat = OnlyUtc as unknown as typeof DateTimeFormat;
  try {
    return work();
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
}
