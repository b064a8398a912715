import { array, boolean, number, object, optionalString, string } from '../lib/json';
import type { Labels } from '../lib/labels';
import { getJson, type Access, type QueryParameters } from './http';
import { labelsOf } from './prometheus';

const API = 'prometheus/api/v1';

async function get(access: Access, path: string, parameters: QueryParameters, signal?: AbortSignal): Promise<unknown> {
  return object(await getJson(access, `${API}/${path}`, { parameters, signal }))['data'];
}

export type TargetHealth = 'up' | 'down' | 'unknown';

export interface ScrapeTarget {
  readonly pool: string;
  readonly url: string;
  readonly labels: Labels;
  readonly discoveredLabels: Labels;
  readonly health: TargetHealth;
  readonly lastError: string;
  /** Undefined before the first scrape. */
  readonly lastScrapeMs: number | undefined;
  readonly lastScrapeSeconds: number;
  readonly interval: string;
  readonly timeout: string;
}

/** What was found and is not scraped, since relabelling leaves it out. */
export interface DroppedTarget {
  readonly pool: string;
  readonly discoveredLabels: Labels;
}

export interface Targets {
  readonly active: readonly ScrapeTarget[];
  readonly dropped: readonly DroppedTarget[];
}

export async function activeTargets(access: Access, signal?: AbortSignal): Promise<readonly ScrapeTarget[]> {
  return (await targetsOf(access, 'active', signal)).active;
}

export async function allTargets(access: Access, signal?: AbortSignal): Promise<Targets> {
  return targetsOf(access, 'any', signal);
}

async function targetsOf(access: Access, state: string, signal?: AbortSignal): Promise<Targets> {
  const data = object(await get(access, 'targets', { state }, signal));
  return {
    active: array(data['activeTargets']).map(object).map((target) => ({
      pool: string(target['scrapePool']),
      url: string(target['scrapeUrl']),
      labels: labelsOf(target['labels']),
      discoveredLabels: labelsOf(target['discoveredLabels']),
      health: (['up', 'down'] as const).find((health) => health === target['health']) ?? 'unknown',
      lastError: string(target['lastError']),
      lastScrapeMs: timeOf(target['lastScrape']),
      lastScrapeSeconds: number(target['lastScrapeDuration'], 0),
      interval: string(target['scrapeInterval']),
      timeout: string(target['scrapeTimeout']),
    })),
    dropped: array(data['droppedTargets']).map(object).map((target) => ({
      pool: string(target['scrapePool']),
      discoveredLabels: labelsOf(target['discoveredLabels']),
    })),
  };
}

/** The year 1 is how Go says never. */
function timeOf(value: unknown): number | undefined {
  const text = optionalString(value);
  return text === undefined || text.startsWith('0001') ? undefined : Date.parse(text);
}

export interface RelabelStep {
  /** As it stands in the file, key by key. */
  readonly rule: string;
  readonly output: Labels;
  readonly kept: boolean;
}

/** What relabelling makes of the labels that discovery found, rule by rule. */
export async function relabelSteps(access: Access, pool: string, discovered: Labels, signal?: AbortSignal): Promise<RelabelStep[]> {
  const data = object(await get(access, 'targets/relabel_steps', { scrapePool: pool, labels: JSON.stringify(discovered) }, signal));
  return array(data['steps']).map(object).map((step) => ({
    rule: Object.entries(object(step['rule']))
      .map(([key, value]) => `${key}: ${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`)
      .join('\n'),
    output: labelsOf(step['output']),
    kept: boolean(step['keep'], true),
  }));
}

/** prometheus.yml as it is in force; '' without one. */
export async function configYaml(access: Access, signal?: AbortSignal): Promise<string> {
  return string(object(await get(access, 'status/config', {}, signal))['yaml']);
}

/** Settings under the names of Prometheus's flags. */
export async function flags(access: Access, signal?: AbortSignal): Promise<Labels> {
  return labelsOf(await get(access, 'status/flags', {}, signal));
}

export async function runtimeInfo(access: Access, signal?: AbortSignal): Promise<Labels> {
  return labelsOf(await get(access, 'status/runtimeinfo', {}, signal));
}

export interface Count {
  readonly name: string;
  readonly value: number;
}

export interface TsdbStatus {
  readonly seriesCount: number;
  readonly labelPairCount: number;
  readonly chunkCount: number;
  readonly minTimeMs: number | undefined;
  readonly maxTimeMs: number | undefined;
  readonly seriesByMetric: readonly Count[];
  readonly valuesByLabel: readonly Count[];
  readonly bytesByLabel: readonly Count[];
  readonly seriesByPair: readonly Count[];
}

/** The first of each table, at most so many. */
export async function tsdbStatus(access: Access, limit: number, signal?: AbortSignal): Promise<TsdbStatus> {
  const data = object(await get(access, 'status/tsdb', { limit }, signal));
  const head = object(data['headStats']);
  const seriesCount = number(head['numSeries'], 0);
  return {
    seriesCount,
    labelPairCount: number(head['numLabelPairs'], 0),
    chunkCount: number(head['chunkCount'], 0),
    minTimeMs: seriesCount === 0 ? undefined : number(head['minTime'], 0),
    maxTimeMs: seriesCount === 0 ? undefined : number(head['maxTime'], 0),
    seriesByMetric: counts(data['seriesCountByMetricName']),
    valuesByLabel: counts(data['labelValueCountByLabelName']),
    bytesByLabel: counts(data['memoryInBytesByLabelName']),
    seriesByPair: counts(data['seriesCountByLabelValuePair']),
  };
}

function counts(value: unknown): Count[] {
  return array(value).map(object).map((count) => ({ name: string(count['name']), value: number(count['value'], 0) }));
}

export interface MetricChurn {
  readonly name: string;
  readonly active: number;
  /** By hour, as the hours of the answer. */
  readonly began: readonly number[];
  readonly ended: readonly number[];
}

export interface Churn {
  readonly hoursMs: readonly number[];
  readonly metrics: readonly MetricChurn[];
}

/** Series that began and ended of late, hour by hour, newest first. */
export async function churn(access: Access, limit: number, signal?: AbortSignal): Promise<Churn> {
  const data = object(await get(access, 'status/tsdb/churn', { limit }, signal));
  const numbers = (value: unknown) => array(value).map((item) => number(item, 0));
  return {
    hoursMs: numbers(data['hours']).map((seconds) => seconds * 1000),
    metrics: array(data['metrics']).map(object).map((metric) => ({
      name: string(metric['name']),
      active: number(metric['active'], 0),
      began: numbers(metric['began']),
      ended: numbers(metric['ended']),
    })),
  };
}

export interface Block {
  readonly id: string;
  readonly minTimeMs: number;
  readonly maxTimeMs: number;
  readonly series: number;
  readonly samples: number;
  readonly level: number;
}

/** The parts on disk, as Prometheus tells of its blocks. */
export async function blocks(access: Access, signal?: AbortSignal): Promise<readonly Block[]> {
  const data = object(await get(access, 'status/tsdb/blocks', {}, signal));
  return array(data['blocks']).map(object).map((block) => {
    const stats = object(block['stats']);
    return {
      id: string(block['ulid']),
      minTimeMs: number(block['minTime'], 0),
      maxTimeMs: number(block['maxTime'], 0),
      series: number(stats['numSeries'], 0),
      samples: number(stats['numSamples'], 0),
      level: number(object(block['compaction'])['level'], 1),
    };
  });
}
