// Entry: turns the compile cache on (it halves start time and memory), then hands over to cli.ts, which sets the exit code.
// Plain JavaScript, because the first TypeScript file loads the compiler, and all others come out of the cache.
import module from 'node:module';
import path from 'node:path';

module.enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/taobot'));
await import('./cli.ts');
