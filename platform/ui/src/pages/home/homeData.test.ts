import { describe, expect, it } from 'vitest';
import type { Service } from '../../api/platform';
import { observed, totals } from './homeData';

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
