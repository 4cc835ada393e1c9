// The alert rules fire when they must and keep quiet in ordinary life, tried by promtool on the cases of alert-rules.promtool.yml.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { hasPromtool, promtool } from './promtool.ts';

const RULES = path.join(import.meta.dirname, '../../deploy/alert-rules.yml');
const CASES = path.join(import.meta.dirname, 'alert-rules.promtool.yml');
const rules = load(readFileSync(RULES, 'utf8')) as { groups: { rules: { alert: string }[] }[] };
const cases = load(readFileSync(CASES, 'utf8')) as {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
};

it('every rule has a case in which it fires and one in which it does not', () => {
  const tried = cases.tests.flatMap((test) => test.alert_rule_test);
  const named = (fires: boolean) =>
    new Set(tried.filter((one) => one.exp_alerts.length > 0 === fires).map((one) => one.alertname));
  const alerts = new Set(rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert)));
  expect([named(true), named(false)]).toEqual([alerts, alerts]);
});

it.skipIf(!hasPromtool)('promtool finds each case as it is written', { timeout: 60_000 }, () => {
  const { status, said } = promtool(['test', 'rules', CASES]);
  expect([status, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
});
