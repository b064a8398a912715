import type { Ring } from './arc';

/** Where a gauge begins and how far it goes: open at its foot, or a whole circle. */
export const GAUGE_SWEEP = { gauge: { start: 234, sweep: 252 }, circle: { start: 180, sweep: 360 } } as const;
export type GaugeShape = keyof typeof GAUGE_SWEEP;

export interface GaugeInput {
  readonly width: number;
  readonly height: number;
  readonly shape: GaugeShape;
  readonly thresholdMarkers: boolean;
  readonly thresholdLabels: boolean;
  /** Of the name below, 0 without one. */
  readonly nameHeight: number;
}

export interface GaugeLayout {
  readonly bar: Ring;
  /** The ring of thresholds around the bar; undefined without markers. */
  readonly markers: Ring | undefined;
  /** The largest text in the middle. */
  readonly textWidth: number;
  readonly textHeight: number;
}

const LABEL_PX = 26;
const MAX_BAR_PX = 40;

/** The rings of a gauge in its box. */
export function gaugeLayout({ width, height, shape, thresholdMarkers, thresholdLabels, nameHeight }: GaugeInput): GaugeLayout {
  const free = Math.max(1, height - nameHeight);
  // An open gauge is lower than it is wide: the foot of the circle is missing.
  const foot = shape === 'circle' ? 2 : 1 + Math.cos((54 * Math.PI) / 180);
  const reach = Math.max(4, Math.min(width / 2, free / foot) - 2 - (thresholdLabels ? LABEL_PX : 0));
  const full = Math.min((reach * 2) / 5.5, MAX_BAR_PX) / (thresholdLabels ? 1.5 : 1);
  const marker = thresholdMarkers ? Math.max(2, full / 5) : 0;
  const gap = thresholdMarkers ? 2 : 0;
  const cx = width / 2;
  const cy = (free - reach * foot) / 2 + reach;
  const outer = reach - marker - gap;
  const inner = Math.max(0, outer - full);
  return { bar: { cx, cy, outer, inner }, markers: marker === 0 ? undefined : { cx, cy, outer: reach, inner: reach - marker }, textWidth: inner * 1.7, textHeight: inner * 0.9 };
}

/** The angle of a value; outside the ends it stops at them. */
export function gaugeAngle(value: number, min: number, max: number, shape: GaugeShape): number {
  const { start, sweep } = GAUGE_SWEEP[shape];
  const share = max <= min || Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
  return start + share * sweep;
}

/** The filled piece of a gauge: from its start, or from the neutral value, to the value. */
export function gaugeFill(value: number, min: number, max: number, neutral: number | undefined, shape: GaugeShape): { from: number; to: number } {
  const at = gaugeAngle(value, min, max, shape);
  const from = neutral === undefined ? GAUGE_SWEEP[shape].start : gaugeAngle(neutral, min, max, shape);
  return from <= at ? { from, to: at } : { from: at, to: from };
}
