// What comes from others: licences that somebody looked at, install scripts of an allow-list only, and integrity for every package.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  differingLicences,
  licenceList,
  licenceProblems,
  type LockedPackage,
  lockedPackages,
} from '../../scripts/licences.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const packages = lockedPackages(read('package-lock.json'));
const shipped = packages.filter(({ dev }) => !dev);

it('THIRD_PARTY_LICENSES.md is what npm run licences writes, and nothing in it is forbidden', () => {
  expect(shipped.length).toBeGreaterThan(150);
  expect(licenceProblems(shipped)).toEqual([]);
  expect(read('THIRD_PARTY_LICENSES.md')).toBe(licenceList(shipped));
});

it('what is installed names the licence that is locked', () => {
  expect(differingLicences(shipped)).toEqual([]);
  const [first] = shipped;
  if (first === undefined) throw new Error('nothing is shipped');
  expect(differingLicences([{ ...first, licence: 'AGPL-3.0-only' }])).toHaveLength(1);
});

it.each([
  ['left-pad', 'GPL-3.0-only', 1],
  ['left-pad', 'LGPL-3.0-or-later', 1],
  ['left-pad', 'UNLICENSED', 1],
  ['left-pad', null, 1],
  ['left-pad', 'MIT AND AGPL-3.0-only', 1],
  ['left-pad', '(MIT OR AGPL-3.0-only)', 0],
  ['left-pad', 'MIT', 0],
  ['@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later', 0],
  ['@img/sharp-wasm32', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT', 0],
])('%s under %s: %i problem(s)', (name, licence, problems) => {
  const one: LockedPackage = {
    path: `node_modules/${name}`,
    name,
    version: '1.0.0',
    licence,
    dev: false,
    hasInstallScript: false,
    integrity: null,
  };
  expect(licenceProblems([one])).toHaveLength(problems);
});

it('packages with install scripts are exactly those of allowScripts, and none of them is shipped', () => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
  expect(Object.keys(allowScripts).toSorted()).toEqual(scripted.map(({ name }) => name).toSorted());
  expect(scripted.filter(({ dev }) => !dev)).toEqual([]);
});

it('npm refuses other install scripts and versions younger than a week, and every package is pinned by its hash', () => {
  const lines = read('.npmrc').split('\n');
  expect(lines).toContain('strict-allow-scripts=true');
  expect(Number(lines.find((line) => line.startsWith('min-release-age='))?.split('=')[1])).toBeGreaterThanOrEqual(7);
  expect(packages.filter(({ integrity }) => integrity === null).map(({ name }) => name)).toEqual([]);
});

it('direct dependencies are few and exact', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(25);
  for (const [name, version] of Object.entries(dependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
