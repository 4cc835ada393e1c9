// The short form of the bench, asked for by `npm run bench -- --quick`: smaller sizes where the figures still mean the same.

const QUICK = 'TAOBOT_BENCH_QUICK';

/** What a part of the bench is started with to be quick. */
export const quickEnvironment = (quick: boolean): Record<string, string> => (quick ? { [QUICK]: '1' } : {});

export function isQuick(): boolean {
  return process.env[QUICK] === '1';
}
