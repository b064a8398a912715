import { DEFAULT_SCRAPE_INTERVAL_MS, roundInterval } from '../interval';
import type { ScopedVars } from '../template/scope';
import { parseDuration, type AbsoluteRange } from '../time';

/** Prometheus refuses a range query with more steps. */
const SAFE_POINTS = 11_000;

export interface StepInput {
  readonly range: AbsoluteRange;
  /** Points that the panel can show. */
  readonly maxDataPoints: number;
  /** "Min interval" of the panel, variables replaced. */
  readonly panelInterval: string | undefined;
  /** "Min step" of the query, variables of the dashboard replaced; may be `$__interval` or `$__rate_interval`. */
  readonly queryInterval: string | undefined;
  /** Divides the resolution: 2 is one point for two pixels. */
  readonly intervalFactor: number | undefined;
}

/** The step of a query and the durations that its variables stand for. */
export interface Step {
  readonly stepMs: number;
  /** What the panel's width alone gives. */
  readonly intervalMs: number;
  readonly rateIntervalMs: number;
}

const RATE_INTERVAL = /^\$(__rate_interval|\{__rate_interval\})$/;
const ANY_INTERVAL = /^\$(__(rate_)?interval(_ms)?|\{__(rate_)?interval(_ms)?\})$/;

/** A duration as Grafana's settings write it: `>30s`, `30s`, or a bare number of seconds. */
export function intervalMs(text: string | undefined): number | undefined {
  const plain = (text ?? '').trim().replace(/[<>=]/g, '');
  return /^\d+$/.test(plain) ? parseDuration(`${plain}s`) : parseDuration(plain);
}

/** The interval of a panel: its range over its points, rounded, at least the minimum. */
export function panelIntervalMs(range: AbsoluteRange, maxDataPoints: number, minimum: string | undefined, fallbackMs = DEFAULT_SCRAPE_INTERVAL_MS): number {
  const rounded = roundInterval((range.toMs - range.fromMs) / Math.max(1, maxDataPoints));
  return Math.max(rounded, intervalMs(minimum) ?? fallbackMs, 1);
}

/** The arithmetic of Grafana's Prometheus data source (`pkg/promlib/models/query.go`). */
export function prometheusStep(input: StepInput): Step {
  const panelMs = panelIntervalMs(input.range, input.maxDataPoints, input.panelInterval);
  const wanted = input.queryInterval?.trim() ?? '';
  const queryMs = ANY_INTERVAL.test(wanted) ? undefined : intervalMs(wanted);
  const lengthMs = input.range.toMs - input.range.fromMs;
  const calculated = atLeast(lengthMs / Math.max(1, input.maxDataPoints), queryMs ?? panelMs);
  const adjusted = Math.max(calculated, roundInterval(lengthMs / SAFE_POINTS, 'inclusive'));
  if (RATE_INTERVAL.test(wanted)) {
    const stepMs = rateInterval(adjusted, DEFAULT_SCRAPE_INTERVAL_MS);
    return { stepMs, intervalMs: panelMs, rateIntervalMs: stepMs };
  }
  const stepMs = adjusted * Math.max(1, Math.floor(input.intervalFactor ?? 1));
  const scrapeMs = ANY_INTERVAL.test(wanted) ? stepMs : (queryMs ?? DEFAULT_SCRAPE_INTERVAL_MS);
  return { stepMs, intervalMs: panelMs, rateIntervalMs: rateInterval(panelMs, scrapeMs) };
}

/** The step of a metric query over logs (`pkg/tsdb/loki/step.go`). */
export function lokiStepMs(range: AbsoluteRange, panelMs: number, step: string | undefined, resolution: number): number {
  const chosen = intervalMs(step);
  if (chosen !== undefined) {
    return chosen * resolution;
  }
  return Math.ceil(Math.max(panelMs * resolution, (range.toMs - range.fromMs) / SAFE_POINTS));
}

/** Both ends moved down to a multiple of the step in the zone of the dashboard, so that points do not wander. */
export function alignToStep(range: AbsoluteRange, stepMs: number, utcOffsetMs = 0): AbsoluteRange {
  const align = (ms: number) => Math.floor((ms + utcOffsetMs) / stepMs) * stepMs - utcOffsetMs;
  return { fromMs: align(range.fromMs), toMs: align(range.toMs) };
}

/** The variables that depend on the query. */
export function stepVariables(step: Step, range: AbsoluteRange): ScopedVars {
  const rangeMs = Math.round(range.toMs - range.fromMs);
  const rangeSeconds = Math.round(rangeMs / 1000);
  return texts({
    __interval: formatInterval(step.stepMs),
    __interval_ms: String(step.stepMs),
    __rate_interval: formatExact(step.rateIntervalMs),
    __rate_interval_ms: String(step.rateIntervalMs),
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(rangeMs),
  });
}

export function texts(values: Readonly<Record<string, string>>): ScopedVars {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { text: value, value }]));
}

const UNITS: readonly (readonly [number, string])[] = [
  [31_536_000_000, 'y'],
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
];

/** The largest unit alone, what is left over cut off: how Grafana writes `$__interval`. */
export function formatInterval(ms: number): string {
  const [unitMs, name] = UNITS.find(([size]) => ms >= size) ?? [1, 'ms'];
  return `${Math.max(1, Math.floor(ms / unitMs))}${name}`;
}

/** Without loss, in PromQL's form. */
export function formatExact(ms: number): string {
  let rest = Math.round(ms);
  let text = '';
  for (const [unitMs, name] of UNITS.slice(2)) {
    const amount = Math.floor(rest / unitMs);
    rest -= amount * unitMs;
    text += amount > 0 ? `${amount}${name}` : '';
  }
  return text === '' ? '1ms' : text;
}

function atLeast(wantedMs: number, minimumMs: number): number {
  return wantedMs < minimumMs ? minimumMs : roundInterval(wantedMs, 'inclusive');
}

function rateInterval(queryMs: number, scrapeMs: number): number {
  return Math.max(queryMs + scrapeMs, 4 * scrapeMs);
}
