// What each figure of the bench must be at most, or at least; the rest is there to be looked at.

export type Bar = { readonly most: number } | { readonly least: number };

const most = (value: number): Bar => ({ most: value });
const least = (value: number): Bar => ({ least: value });

/** With either database, while thousands of servers and workspaces have a digest due in the same minute. */
const TENANTS: Readonly<Record<string, Bar>> = {
  longestTurnMs: most(50),
  longestTurnCpuMs: most(50),
  discordAckP99Ms: most(300),
  slackAckP99Ms: most(300),
  commandsUnanswered: most(0),
  postsTwice: most(0),
  postsMissing: most(0),
  discordRatio: most(1.12),
  discord429: most(0),
  slack429: most(0),
};

/** By part and figure. Milliseconds are those of a machine with two cores and nothing else to do; ratios hold on any. */
const BARS: Readonly<Record<string, Readonly<Record<string, Bar>>>> = {
  alerts: {
    alertLookStallMs: most(20),
    alertMemoryMiB: most(30),
    quoteToMessageP99Ms: most(2000),
    waveDiscord429: most(0),
    waveCommandAckP99Ms: most(300),
  },
  charts: { chartPhoneP50Ms: most(60), chartStallMaxMs: most(20) },
  core: {
    'core answers per second': least(9000),
    'core answers per reference work': least(7.5), // what the source of 28 November 2026 gives, which had given 13,500 a second
  },
  digests: {
    idleTickMs: most(2),
    materialise10000Ms: most(500),
    discordRatio: most(1.12),
    discord429: most(0),
    commandAckP99Ms: most(300),
    zoneMismatches: most(0),
  },
  discord: {
    thousandAckP99Ms: most(2500),
    thousandAckP99Ratio: most(1.5),
    memoryRatio: most(1.3),
    editP99DuringWaveMs: most(800),
    refusedFixed: most(0),
    refusedSliding: most(0),
    refusedGcra: most(0),
  },
  faq: { faqP99Ms: most(5), faqMemoryMiB: most(25) },
  load: {
    admittedShare: least(0.75),
    ackP99Ms: most(1000),
    rssStillGrowing: most(1.02),
    abuserDiscordRatio: most(1.5),
    abuserSlackRatio: most(1.5),
  },
  refresh: {
    'refresh loop delay p99.9 ms': most(20),
    'refresh and renewal loop delay p99.9 ms': most(20),
    'resident MiB': most(220),
  },
  servers: { heapPer1000ServersKib: most(1024), heapPer1000ServersAgainKib: most(1024) },
  slack: { slackAckRatioP99: most(1.5) },
  start: { startAnsweredMs: most(1500), idleRatio: most(1.15) },
  subnets: {
    'decoding holds the loop ms, first': most(10),
    'calls in the busiest minute': most(4),
    'kB a minute': most(200),
    '/subnet p99 over /coin': most(1.2),
    'history MiB of memory': most(15),
  },
  tenants: {
    engineLongestTurnCpuMs: most(50),
    enginePostsTwice: most(0),
    enginePostsMissing: most(0),
    ...TENANTS,
    ...Object.fromEntries(
      Object.entries(TENANTS).map(([name, bar]) => [`postgres${name.charAt(0).toUpperCase()}${name.slice(1)}`, bar]),
    ),
  },
  turns: { longestTurnCpuMs: most(20) },
  words: { lookUpUnknownP99Ms: most(2), completeP99Ms: most(2), readNonsenseMaxMs: most(5) },
};

/** What is smaller in a part of `npm run bench -- --quick`, and the figures with a bar that therefore get no verdict there. */
export const QUICK_FORM: Readonly<Record<string, { readonly less: string; readonly unjudged?: readonly string[] }>> = {
  alerts: {
    less: '3,000 alerts for 50,000; no messages through Discord',
    unjudged: ['alertLookStallMs', 'alertMemoryMiB'],
  },
  charts: { less: 'fewer pictures; none of a million points, no memory over many of them' },
  core: { less: 'fewer answers and pictures' },
  digests: {
    less: '12,000 subscriptions for 50,000, as many due; no posts through Discord, no sweep of time zones',
    unjudged: ['idleTickMs'],
  },
  discord: {
    less: 'one round of 1,000 commands; no memory with 2,500 servers, no waves of posts',
    unjudged: ['thousandAckP99Ratio'],
  },
  faq: { less: 'not with 6,000 entries' },
  load: { less: 'nothing of it; 600 commands in a second are asked in turns' },
  overload: { less: 'for a second' },
  refresh: { less: 'no renewal of the list, no second start', unjudged: ['resident MiB'] },
  servers: {
    less: '500 servers, of which the connection itself is a large part; no new sessions',
    unjudged: ['heapPer1000ServersKib'],
  },
  slack: { less: 'one round of 15 events', unjudged: ['slackAckRatioP99'] },
  start: { less: 'one round, not beside the bare SDKs; no idle memory' },
  subnets: { less: 'fewer rounds; no history of 90 days' },
  tenants: { less: '500 tenants before the engine alone; no platforms, nobody who uses commands' },
  turns: {
    less: '500 digests for 10,000, 2,000 alerts for 50,000, 1,200 old rows of each kind for 20,000; no start that nobody disturbs; two warm rounds for seven',
  },
  words: { less: 'a tenth of the words' },
};

/** What is wrong with the figures of a part, in words: a bar that is not met, and in the full form one whose figure is missing. */
export function misses(part: string, figures: Readonly<Record<string, unknown>>, quick: boolean): string[] {
  if ('error' in figures) return [`${part}: ${String(figures['error'])}`];
  return Object.entries(BARS[part] ?? {}).flatMap(([name, bar]) => {
    const value = figures[name];
    if (value === undefined) return quick ? [] : [`${part}: ${name} was not measured`];
    if (quick && QUICK_FORM[part]?.unjudged?.includes(name) === true) return [];
    const met = typeof value === 'number' && ('most' in bar ? value <= bar.most : value >= bar.least);
    const wanted = 'most' in bar ? `at most ${bar.most}` : `at least ${bar.least}`;
    return met ? [] : [`${part}: ${name} = ${JSON.stringify(value)}, ${wanted}`];
  });
}

/** What the quick form of a part does not judge, in one line; figures with a bar that it does not even measure are among it. */
export function unjudged(part: string, figures: Readonly<Record<string, unknown>>): string {
  const { less = '', unjudged: shown = [] } = QUICK_FORM[part] ?? {};
  const gone = Object.keys(BARS[part] ?? {}).filter((name) => figures[name] === undefined && !('error' in figures));
  const said = [
    ...(shown.length === 0 ? [] : [`without verdict: ${shown.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`not measured: ${gone.join(', ')}`]),
  ];
  return [`${part}: ${less}`, ...said].join('; ');
}
