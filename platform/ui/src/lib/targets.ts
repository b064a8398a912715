import type { DroppedTarget, ScrapeTarget, TargetHealth } from '../api/prometheusStatus';
import type { Labels } from './labels';

/** The targets of one scrape pool that are shown, and how many it has in all. */
export interface Pool<T> {
  readonly name: string;
  readonly shown: readonly T[];
  readonly all: number;
}

/** A pool may have more targets than a page can show. */
export const SHOWN_MAX = 200;

export const HEALTHS: readonly TargetHealth[] = ['up', 'down', 'unknown'];

/** Pools by name, with the targets that match; a pool without any is left out. */
export function poolsOf<T extends { readonly pool: string }>(targets: readonly T[], matches: (target: T) => boolean): Pool<T>[] {
  const pools = new Map<string, T[]>();
  for (const target of targets) {
    const pool = pools.get(target.pool);
    if (pool === undefined) {
      pools.set(target.pool, [target]);
    } else {
      pool.push(target);
    }
  }
  return [...pools]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => ({ name, shown: all.filter(matches), all: all.length }))
    .filter((pool) => pool.shown.length > 0);
}

/** Whether every word is in the address or in a label, without regard to case. */
export function matchesTarget(target: ScrapeTarget, health: TargetHealth | undefined, search: string): boolean {
  return (health === undefined || target.health === health) && hasWords(`${target.url} ${target.lastError} ${textOf(target.labels)}`, search);
}

/** What discovery found: a target that is scraped, or one that relabelling leaves out. */
export type Discovered = { readonly pool: string; readonly discoveredLabels: Labels; readonly labels: Labels | undefined };

export function discovered(active: readonly ScrapeTarget[], dropped: readonly DroppedTarget[]): Discovered[] {
  return [
    ...active.map(({ pool, discoveredLabels, labels }) => ({ pool, discoveredLabels, labels })),
    ...dropped.map(({ pool, discoveredLabels }) => ({ pool, discoveredLabels, labels: undefined })),
  ];
}

export function matchesDiscovered(target: Discovered, search: string): boolean {
  return hasWords(`${textOf(target.discoveredLabels)} ${textOf(target.labels ?? {})}`, search);
}

function textOf(labels: Labels): string {
  return Object.entries(labels).map(([name, value]) => `${name}="${value}" ${name}=${value}`).join(' ');
}

function hasWords(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}
