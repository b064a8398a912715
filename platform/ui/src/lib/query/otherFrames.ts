import type { DataFrame, Field, FieldType } from '../frame/frame';
import { array, number, object, string } from '../json';
import type { AbsoluteRange } from '../time';
import { labelsOf, timeFieldOf } from './seriesFrames';

function table(refId: string, length: number, fields: readonly Field[]): DataFrame {
  return { refId, name: undefined, length, fields, meta: { type: 'table', visualisation: 'table' } };
}

function field<T>(name: string, type: FieldType, rows: readonly T[], value: (row: T) => unknown): Field {
  return { name, type, values: rows.map(value), config: {} };
}

/** Alertmanager's alerts: one row an alert, one column a label. */
export function alertFrame(refId: string, answer: unknown): DataFrame {
  const rows = array(answer).map(object).map((alert) => ({
    startsAt: Date.parse(string(alert['startsAt'])),
    state: string(object(alert['status'])['state']),
    labels: labelsOf(alert['labels']),
    summary: labelsOf(alert['annotations'])['summary'] ?? labelsOf(alert['annotations'])['description'] ?? '',
  }));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))].sort((a, b) => Number(b === 'alertname') - Number(a === 'alertname') || (a < b ? -1 : 1));
  return table(refId, rows.length, [
    field('Time', 'time', rows, (row) => (Number.isNaN(row.startsAt) ? null : row.startsAt)),
    field('State', 'string', rows, (row) => row.state),
    ...names.map((name) => field(name, 'string', rows, (row) => row.labels[name] ?? '')),
    field('Summary', 'string', rows, (row) => row.summary),
  ]);
}

/** Annotations as a table, in Grafana's columns. */
export function annotationFrame(refId: string, answer: unknown): DataFrame {
  const rows = array(answer).map(object);
  return table(refId, rows.length, [
    field('id', 'number', rows, (row) => number(row['id'], 0)),
    field('time', 'time', rows, (row) => number(row['time'], 0)),
    field('timeEnd', 'time', rows, (row) => number(row['timeEnd'], number(row['time'], 0))),
    field('text', 'string', rows, (row) => string(row['text'])),
    field('tags', 'other', rows, (row) => array(row['tags']).map((tag) => string(tag))),
    field('dashboardUID', 'string', rows, (row) => string(row['dashboardUID'])),
    field('panelId', 'number', rows, (row) => number(row['panelId'], 0)),
  ]);
}

/** What the search for dashboards finds. */
export function searchFrame(refId: string, answer: unknown): DataFrame {
  const rows = array(answer).map(object);
  return table(refId, rows.length, [
    { ...field('name', 'string', rows, (row) => string(row['title'])), config: { links: [{ title: 'Open', url: '/d/${__data.fields.uid}', targetBlank: false }] } },
    field('uid', 'string', rows, (row) => string(row['uid'])),
    field('kind', 'string', rows, (row) => (row['type'] === 'dash-folder' ? 'folder' : 'dashboard')),
    field('location', 'string', rows, (row) => string(row['folderTitle'], 'General')),
    field('tags', 'other', rows, (row) => array(row['tags']).map((tag) => string(tag))),
  ]);
}

const WALK_POINTS_MAX = 10_000;

/** Made-up numbers for trying out a panel: each step goes up or down by less than a half. */
export function randomWalkFrame(refId: string, range: AbsoluteRange, stepMs: number, random: () => number = Math.random): DataFrame {
  const length = Math.min(WALK_POINTS_MAX, Math.max(1, Math.floor((range.toMs - range.fromMs) / stepMs)));
  const times = Array.from({ length }, (_, i) => range.fromMs + i * stepMs);
  let walker = random() * 100;
  const values = times.map(() => {
    const value = walker;
    walker += random() - 0.5;
    return value;
  });
  return {
    refId,
    name: `${refId}-series`,
    length,
    meta: { type: 'timeseries-multi', visualisation: 'graph', stepMs },
    fields: [timeFieldOf(times, stepMs), { name: `${refId}-series`, type: 'number', labels: {}, values, config: {} }],
  };
}
