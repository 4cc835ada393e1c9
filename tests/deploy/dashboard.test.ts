// The dashboard imports into Grafana as it is, and every question of it and of the alert rules is one that Prometheus can read.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { hasPromtool, promtool } from './promtool.ts';

const DEPLOY = path.join(import.meta.dirname, '../../deploy');
const RULES = path.join(DEPLOY, 'alert-rules.yml');
const dashboard = JSON.parse(readFileSync(path.join(DEPLOY, 'grafana-dashboard.json'), 'utf8')) as Dashboard;
const rules = load(readFileSync(RULES, 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] };

type Source = { type: string; uid: string };
type Box = { x: number; y: number; w: number; h: number };
type Panel = {
  id: number;
  title: string;
  type: string;
  datasource: Source;
  gridPos: Box;
  fieldConfig: {
    defaults: { unit?: string };
    overrides: { matcher: { id: string; options: string }; properties: { id: string; value: unknown }[] }[];
  };
  targets: { refId: string; datasource: Source; expr: string }[];
};
type Dashboard = {
  uid: string;
  title: string;
  schemaVersion: number;
  templating: { list: { name: string; type: string; query: string }[] };
  panels: Panel[];
};

/** https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/ and @grafana/data's valueFormats: those that are used. */
const PANELS = ['stat', 'timeseries'];
const UNITS = ['bytes', 'percentunit', 'reqps', 's', 'short'];
/** Of the grid: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/#panel-size-and-position */
const COLUMNS = 24;

const questions = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const)),
];

/** Where the grammar of Prometheus does not fit; empty for a sound question. */
function misfits(expr: string): string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => void (type.isError && found.push(`at ${from}: "${expr.slice(from, to + 10)}"`)),
  });
  return found;
}

it('every alert rule has its line in the runbook, and every line its rule', () => {
  const runbook = readFileSync(path.join(DEPLOY, '../docs/operating.md'), 'utf8');
  const lines = runbook.split('\n').filter((line) => line.startsWith('| `Taobot'));
  const named = lines.flatMap((line) => [...line.matchAll(/`(Taobot\w+)`/g)].map(([, name]) => name));
  const alerts = rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
  expect([named.length, new Set(named)]).toEqual([alerts.length, new Set(alerts)]);
});

it('has an id to be found by, a schema that Grafana 10 and later migrate, and asks for its data source once', () => {
  expect(dashboard.uid).toMatch(/^[\w-]{1,40}$/);
  expect(dashboard.title).not.toBe('');
  expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
  expect(dashboard.templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
});

it('every panel is of a known kind and unit, and every question goes to the chosen data source', () => {
  const chosen = { type: 'prometheus', uid: '${datasource}' };
  for (const { title, type, datasource, fieldConfig, targets } of dashboard.panels) {
    expect(PANELS, title).toContain(type);
    expect(UNITS, title).toContain(fieldConfig.defaults.unit);
    expect([datasource, ...targets.map((target) => target.datasource)], title).toEqual(
      Array.from({ length: targets.length + 1 }, () => chosen),
    );
    expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
  }
});

it('seconds are shown as such: by the panel, or by the question where a panel has two units', () => {
  for (const { title, fieldConfig, targets } of dashboard.panels)
    for (const { refId, expr } of targets) {
      const own = fieldConfig.overrides.find(
        ({ matcher: { id, options } }) => id === 'byFrameRefID' && options === refId,
      );
      const unit = own?.properties.find(({ id }) => id === 'unit')?.value ?? fieldConfig.defaults.unit;
      const asksForSeconds = /_seconds(_bucket)?[{[]/.test(expr);
      expect([title, unit === 's'], expr).toEqual([title, asksForSeconds]);
    }
});

it('panels stay on the grid, and none covers another', () => {
  const apart = (a: Box, b: Box) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
  for (const [at, { title, gridPos }] of dashboard.panels.entries()) {
    expect(gridPos.x >= 0 && gridPos.w > 0 && gridPos.h > 0 && gridPos.x + gridPos.w <= COLUMNS, title).toBe(true);
    for (const other of dashboard.panels.slice(at + 1))
      expect(apart(gridPos, other.gridPos), `${title} and ${other.title}`).toBe(true);
  }
});

it.each(questions)('%s asks in PromQL', (_, expr) => {
  expect(misfits(expr)).toEqual([]);
});

it('questions with a bracket too few, a range without a length, or two names in a row would be noticed', () => {
  for (const wrong of ['sum by (le (rate(a[5m]))', 'rate(a[])', 'a b', 'histogram_quantile(0.99, )+', 'a{job=}'])
    expect(misfits(wrong), wrong).not.toEqual([]);
});

it.skipIf(!hasPromtool)('promtool takes the alert rules, and the questions of the dashboard as rules', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-promtool-'));
  const asRules = path.join(folder, 'dashboard.yml');
  const recorded = questions.map(([, expr], at) => ({ record: `question:${at}`, expr }));
  writeFileSync(asRules, JSON.stringify({ groups: [{ name: 'dashboard', rules: recorded }] })); // JSON is YAML
  const { status, said } = promtool(['check', 'rules', RULES, asRules]);
  rmSync(folder, { recursive: true });
  expect(status, said).toBe(0);
});
