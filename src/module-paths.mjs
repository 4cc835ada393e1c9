// Where a relative import leads, without Node's look at the disk for each of some 3,000: a seventh of the time that loading all files takes.
// Only what cannot differ is answered here. A relative specifier with an ending names one file by itself, and its format is decided by its
// ending and the nearest package.json, so it is that of the first file with this ending in the same folder, which Node resolves.
import { registerHooks } from 'node:module';

/** "./a.ts", "../../b/c-d.js": up first, then down, and nothing that a URL would encode. */
const PLAIN = /^(?:\.\/|(?:\.\.\/)+)[\w-]+(?:[./][\w-]+)*\.(?:ts|m?js)$/;

/**
 * For all imports of this process from now on until the first `require`: by then everything that `cli.ts` imports is linked, and what comes
 * are the 900 files of the platforms' libraries in CommonJS, each of which would pay for being shown to a hook.
 */
export function shortenModulePaths() {
  const formats = new Map(); // by folder and ending
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!context.conditions.includes('import')) {
        hooks.deregister();
        return nextResolve(specifier, context);
      }
      const url = joined(specifier, context.parentURL);
      if (url === null) return nextResolve(specifier, context);
      const kind = url.slice(0, url.lastIndexOf('/')) + url.slice(url.lastIndexOf('.'));
      const format = formats.get(kind);
      if (format !== undefined) return { url, format, shortCircuit: true };
      const found = nextResolve(specifier, context);
      // Another address is that of a link, whose target may be anything.
      if (found.url === url && found.format?.startsWith('module')) formats.set(kind, found.format);
      return found;
    },
  });
  return hooks;
}

function joined(specifier, parent) {
  if (!PLAIN.test(specifier) || parent?.startsWith('file:///') !== true) return null;
  let folder = parent.lastIndexOf('/');
  let down = specifier.startsWith('./') ? 2 : 0;
  for (; specifier.startsWith('../', down); down += 3) folder = parent.lastIndexOf('/', folder - 1);
  return parent.slice(0, folder + 1) + specifier.slice(down);
}
