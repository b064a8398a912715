import { describe, expect, it } from 'vitest';
import type { Service } from '../../api/platform';
import type { Alert } from '../../api/prometheus';
import { alertGroups, observed, totals } from './homeData';

const service = (name: string, requestsPerSecond: number, errorRatio: number, p95Seconds: number): Service => ({ name, spans: 1, requestsPerSecond, errorRatio, p95Seconds, lastSeen: '2026-01-01T00:00:00Z' });

describe('the figures of the home page', () => {
  const list = [service('api', 8, 0.25, 0.1), service('ghostworks', 2, 0, 9), service('worker', 2, 0, 0.2)];

  it('are of what is observed, not of the platform', () => {
    expect(totals(observed(list))).toMatchObject({ requestsPerSecond: 10, errorRatio: 0.2, slowest: { name: 'worker' } });
  });

  it('are of the platform where there is nothing else', () => {
    expect(observed(list.slice(1, 2)).map((entry) => entry.name)).toEqual(['ghostworks']);
    expect(totals(observed([]))).toEqual({ requestsPerSecond: 0, errorRatio: null, slowest: undefined });
  });
});

it('alerts of one rule are one line, firing ones first', () => {
  const alert = (name: string, state: Alert['state'], minute: number): Alert => ({
    labels: { alertname: name },
    annotations: { summary: `${name}!` },
    state,
    activeAt: `2026-01-01T00:0${minute}:00Z`,
    value: '1',
  });
  const groups = alertGroups([alert('Slow', 'pending', 1), alert('Failing', 'pending', 5), alert('Failing', 'firing', 3), alert('Slow', 'pending', 2)]);
  expect(groups).toEqual([
    { name: 'Failing', summary: 'Failing!', firing: 1, pending: 1, sinceMs: Date.parse('2026-01-01T00:03:00Z') },
    { name: 'Slow', summary: 'Slow!', firing: 0, pending: 2, sinceMs: Date.parse('2026-01-01T00:01:00Z') },
  ]);
});
