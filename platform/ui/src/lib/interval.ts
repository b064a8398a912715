import type { AbsoluteRange } from './time';
import { parseDuration } from './time';

/** What Grafana assumes of a Prometheus data source that does not say its scrape interval. */
export const DEFAULT_SCRAPE_INTERVAL_MS = 15_000;

/** Prometheus refuses a range query with more steps. */
const MAX_STEPS = 11_000;

/** Upper bounds (exclusive) and the interval that is chosen below them: Grafana's `roundInterval`. */
const ROUNDED: readonly (readonly [number, number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, 1_000],
  [3_500, 2_000],
  [7_500, 5_000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
];

/** Grafana's pages exclude the upper bound, its server includes it. */
export function roundInterval(ms: number, bound: 'exclusive' | 'inclusive' = 'exclusive'): number {
  return ROUNDED.find(([upper]) => ms < upper || (bound === 'inclusive' && ms === upper))?.[1] ?? 31_536_000_000;
}

/** The step of one query and the variables that follow from it, by the rules of Grafana's Prometheus data source. */
export interface QueryInterval {
  readonly stepMs: number;
  readonly rateIntervalMs: number;
}

export interface IntervalInput {
  readonly range: AbsoluteRange;
  /** Points that the panel can show: its width in pixels unless the dashboard says another number. */
  readonly maxDataPoints: number;
  /** "Min step" of the query or "min interval" of the panel, such as `30s` or `>30s`. */
  readonly minInterval?: string | undefined;
  /** Divides the resolution: 2 is one point for two pixels. */
  readonly intervalFactor?: number | undefined;
}

export function queryInterval(input: IntervalInput): QueryInterval {
  const lengthMs = input.range.toMs - input.range.fromMs;
  const minMs = parseDuration((input.minInterval ?? '').replace(/^>/, ''));
  const rounded = roundInterval(lengthMs / Math.max(1, input.maxDataPoints));
  const factor = Math.max(1, input.intervalFactor ?? 1);
  const wanted = Math.max(rounded, minMs ?? DEFAULT_SCRAPE_INTERVAL_MS) * factor;
  const safeMs = Math.ceil(lengthMs / MAX_STEPS / 1000) * 1000;
  const stepMs = Math.max(wanted, safeMs > 1000 ? safeMs : 0);
  const scrapeMs = minMs ?? DEFAULT_SCRAPE_INTERVAL_MS;
  return { stepMs, rateIntervalMs: Math.max(stepMs + scrapeMs, 4 * scrapeMs) };
}

/** Both ends moved down to a multiple of the step, so that points do not wander while the range moves. */
export function alignRange(range: AbsoluteRange, stepMs: number): AbsoluteRange {
  return { fromMs: Math.floor(range.fromMs / stepMs) * stepMs, toMs: Math.floor(range.toMs / stepMs) * stepMs };
}

/** The values of Grafana's global variables for a query, without the dollar sign. */
export function intervalVariables(interval: QueryInterval, range: AbsoluteRange): Record<string, string> {
  const rangeSeconds = Math.round((range.toMs - range.fromMs) / 1000);
  return {
    __interval: promDuration(interval.stepMs),
    __interval_ms: String(interval.stepMs),
    __rate_interval: promDuration(interval.rateIntervalMs),
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(range.toMs - range.fromMs),
    __from: String(range.fromMs),
    __to: String(range.toMs),
  };
}

function promDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
