import type { ShownField, ShownFrame } from '../field/fieldConfig';
import { formatDisplay, formatUnitText } from '../units/format';
import { insertGaps } from './align';
import { hideFrom } from './style';
import { stepColor, thresholdSteps, type ValueStep } from './thresholdSteps';

/** A stretch of time in which a state did not change. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
  readonly color: string;
}

export interface TimelineRow {
  readonly name: string;
  readonly field: ShownField;
  readonly segments: readonly Segment[];
}

export interface TimelineOptions {
  /** `changes`: a state lasts until the next one; `samples`: each has a box of its own around its time. */
  readonly mode: 'changes' | 'samples';
  readonly mergeValues: boolean;
  /** Of a box, as a share of the time between two. */
  readonly colWidth: number;
  readonly rangeToMs: number;
  readonly dark: boolean;
}

/** A row for each field with states: texts, booleans and numbers beside a time. */
export function timelineRows(frames: readonly ShownFrame[], options: TimelineOptions): TimelineRow[] {
  return frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === 'time');
    if (!time) {
      return [];
    }
    const order = time.values.map((value, row) => ({ ms: Number(value), row })).sort((a, b) => a.ms - b.ms);
    return frame.fields
      .filter((field) => (field.type === 'number' || field.type === 'string' || field.type === 'boolean') && !hideFrom(field.config.custom).viz)
      .map((field) => {
        const times = order.map(({ ms }) => ms);
        const values = order.map(({ row }) => field.values[row]);
        const segments = options.mode === 'samples' ? samples(field, times, values, options) : changes(field, times, values, time.config.interval, options);
        return { name: field.title, field, segments };
      });
  });
}

interface Shown {
  readonly text: string;
  readonly color: string;
}

/** How a value is written and coloured; merged numbers by the threshold that they have reached. */
function shower(field: ShownField, { mergeValues, mode, dark }: TimelineOptions): (value: unknown) => Shown {
  const steps = mode === 'changes' && mergeValues && field.type === 'number' && field.config.color?.mode === 'thresholds' && (field.config.mappings ?? []).length === 0 ? fieldSteps(field, dark) : [];
  return (value) => {
    const display = field.display(value);
    if (steps.length > 0 && typeof value === 'number') {
      const at = Math.max(0, steps.findLastIndex((step) => value >= step.value));
      return { text: stepText(field, steps, at), color: stepColor(steps, value) ?? field.color };
    }
    return { text: formatDisplay(display), color: display.color ?? field.color };
  };
}

export function fieldSteps(field: ShownField, dark: boolean): ValueStep[] {
  return thresholdSteps(field.config, field.config.min ?? field.range?.min ?? 0, field.config.max ?? field.range?.max ?? 100, dark);
}

/** `< 50` below the first threshold, `50+` from one on. */
export function stepText(field: ShownField, steps: readonly ValueStep[], at: number): string {
  const write = (value: number) => formatUnitText(value, field.config.unit, field.config.decimals);
  const step = steps[at];
  const next = steps[at + 1];
  return step && !Number.isFinite(step.value) && next ? `< ${write(next.value)}` : `${write(step && Number.isFinite(step.value) ? step.value : 0)}+`;
}

function changes(field: ShownField, times: readonly number[], values: readonly unknown[], intervalMs: number | undefined, options: TimelineOptions): Segment[] {
  const show = shower(field, options);
  const spanNulls = field.config.custom?.['spanNulls'];
  const bridge = spanNulls === true ? Infinity : typeof spanNulls === 'number' ? spanNulls : 0;
  // Where points are farther apart than they should be, a state is not known to have lasted.
  const places = insertGaps({ times, values: times.map((_, row) => row) }, intervalMs ?? 0);
  const points = places.times.map((ms, at) => ({ ms, value: places.values[at] === null ? null : (values[places.values[at] ?? 0] ?? null) }));
  const lastMs = points.at(-1)?.ms ?? 0;
  const end = intervalMs === undefined ? options.rangeToMs : Math.min(Math.max(lastMs, options.rangeToMs), lastMs + intervalMs);
  const segments: Segment[] = [];
  let open: { fromMs: number; value: unknown; shown: Shown } | undefined;
  let gapFrom: number | undefined;
  const close = (toMs: number) => {
    if (open && toMs > open.fromMs) segments.push({ fromMs: open.fromMs, toMs, ...open.shown });
    open = undefined;
  };
  for (const { ms, value } of points) {
    if (value === null || value === undefined) {
      gapFrom ??= ms;
      continue;
    }
    if (gapFrom !== undefined && ms - gapFrom > bridge) {
      close(gapFrom);
    }
    gapFrom = undefined;
    const shown = show(value);
    const same = open && options.mergeValues && (open.value === value || (open.shown.text === shown.text && open.shown.color === shown.color && typeof value === 'number'));
    if (!same) {
      close(ms);
      open = { fromMs: ms, value, shown };
    }
  }
  close(gapFrom ?? end);
  return segments;
}

function samples(field: ShownField, times: readonly number[], values: readonly unknown[], options: TimelineOptions): Segment[] {
  const show = shower(field, options);
  const half = (sampleStep(times) * options.colWidth) / 2;
  return times.flatMap((ms, row): Segment[] => {
    const value = values[row];
    return value === null || value === undefined ? [] : [{ fromMs: ms - half, toMs: ms + half, ...show(value) }];
  });
}

const DEFAULT_STEP_MS = 60_000;

/** The least time between two samples. */
export function sampleStep(times: readonly number[]): number {
  let least = Infinity;
  for (let i = 1; i < times.length; i++) {
    const distance = (times[i] ?? 0) - (times[i - 1] ?? 0);
    if (distance > 0) least = Math.min(least, distance);
  }
  return Number.isFinite(least) ? least : DEFAULT_STEP_MS;
}

/** What a legend of states says: the thresholds of numbers, and every text that has a colour of its own. */
export function timelineLegend(rows: readonly TimelineRow[], dark: boolean): Shown[] {
  const items = new Map<string, string>();
  for (const { field, segments } of rows) {
    const mode = field.config.color?.mode ?? 'thresholds';
    if (field.type === 'number' && (field.config.mappings ?? []).length === 0) {
      const steps = mode === 'thresholds' ? fieldSteps(field, dark) : [];
      steps.forEach((step, at) => items.set(steps.length > 1 ? stepText(field, steps, at) : stepText(field, steps, 0), step.color));
      continue;
    }
    segments.forEach(({ text, color }) => text !== '' && !items.has(text) && items.set(text, color));
  }
  return [...items].slice(0, MAX_ITEMS).map(([text, color]) => ({ text, color }));
}

const MAX_ITEMS = 50;
