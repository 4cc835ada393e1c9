// Entry of the drawing process: with Node's compile cache, as in main.mjs, the first picture is there in little more than half the time.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/taobot', import.meta.url)));
await import('./worker.ts');
