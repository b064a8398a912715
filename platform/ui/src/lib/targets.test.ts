import { describe, expect, it } from 'vitest';
import type { ScrapeTarget, TargetHealth } from '../api/prometheusStatus';
import { discovered, matchesDiscovered, matchesTarget, poolsOf } from './targets';

function target(pool: string, health: TargetHealth, instance: string): ScrapeTarget {
  return {
    pool,
    url: `http://${instance}/metrics`,
    labels: { instance, job: pool },
    discoveredLabels: { __address__: instance, __meta_zone: 'eu' },
    health,
    lastError: health === 'down' ? 'connection refused' : '',
    lastScrapeMs: undefined,
    lastScrapeSeconds: 0,
    interval: '15s',
    timeout: '10s',
  };
}

const ACTIVE = [target('web', 'up', 'a:1'), target('api', 'down', 'b:2'), target('api', 'up', 'c:3')];

describe('targets', () => {
  it('groups by pool in the order of their names and counts what is not shown', () => {
    const pools = poolsOf(ACTIVE, ({ health }) => health === 'up');
    expect(pools.map(({ name, shown, all }) => [name, shown.length, all])).toEqual([
      ['api', 1, 2],
      ['web', 1, 1],
    ]);
  });

  it.each([
    ['', 3],
    ['B:2', 1],
    ['job=api', 2],
    ['job="api" c:3', 1],
    ['refused', 1],
    ['nothing', 0],
  ])('finds by words: %s', (search, count) => {
    expect(ACTIVE.filter((one) => matchesTarget(one, undefined, search))).toHaveLength(count);
  });

  it('filters by health', () => {
    expect(ACTIVE.filter((one) => matchesTarget(one, 'down', ''))).toHaveLength(1);
  });

  it('lists what relabelling leaves out behind what is scraped', () => {
    const found = discovered(ACTIVE, [{ pool: 'api', discoveredLabels: { __address__: 'd:4' } }]);
    expect(found.map(({ labels }) => labels === undefined)).toEqual([false, false, false, true]);
    expect(found.filter((one) => matchesDiscovered(one, 'zone=eu'))).toHaveLength(3);
  });
});
