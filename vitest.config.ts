// How the tests run: threads, loopback only, bounded time.
import { defineConfig } from 'vitest/config';
import closingLine from './tests/closing-line.ts';
import { PATIENCE_MS } from './tests/fakes/patience.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', closingLine],
    setupFiles: ['tests/network-guard.ts'],
    testTimeout: 60_000 /* machines are noisy; nothing here is about speed */,
    hookTimeout: 120_000,
    expect: { poll: { timeout: PATIENCE_MS } },
    maxWorkers: 2,
  },
});
