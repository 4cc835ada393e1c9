// Entry: turns the compile cache on (it halves start time and memory), then hands over to cli.ts, which sets the exit code.
// Plain JavaScript, because the first TypeScript file loads the compiler, and all others come out of the cache. Old versions of Node
// read this file too, to say that they are too old.
import { readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const needed = /\d+/.exec(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node,
)[0];
if (Number.parseInt(process.versions.node, 10) < Number(needed)) {
  process.stderr.write(
    `taobot needs Node ${needed} or newer, and this is Node ${process.versions.node}. Where npm ci brought it along, use node_modules/.bin/node.\n`,
  );
  process.exitCode = 78; // sysexits.h: EX_CONFIG; no restart mends it
} else {
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/taobot', import.meta.url)));
  const { shortenModulePaths } = await import('./module-paths.mjs'); // not at the top: old versions of Node cannot read it
  shortenModulePaths();
  await import('./cli.ts');
}
