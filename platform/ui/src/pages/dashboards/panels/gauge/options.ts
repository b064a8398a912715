import { boolean, number, object, type Json } from '../../../../lib/json';
import type { GaugeShape } from '../../../../lib/plot/gauge';
import type { Orientation } from '../../../../lib/plot/repeat';
import { orientationOf, textSizes, type TextSizes } from '../stat/options';

export interface GaugeOptions {
  readonly reduce: Json;
  readonly orientation: Orientation;
  readonly shape: GaugeShape;
  /** Pieces of the bar; 1 for a whole one. */
  readonly segments: number;
  /** Between pieces, as a share of a piece. */
  readonly segmentGap: number;
  readonly thresholdLabels: boolean;
  readonly thresholdMarkers: boolean;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly text: TextSizes;
}

const MIN_PX = 75;

export function gaugeOptions(options: Json): GaugeOptions {
  const manual = options['sizing'] === 'manual';
  return {
    reduce: object(options['reduceOptions']),
    orientation: orientationOf(options['orientation']),
    shape: options['shape'] === 'circle' ? 'circle' : 'gauge',
    segments: Math.min(200, Math.max(1, Math.round(number(options['segmentCount'], 1)))),
    segmentGap: Math.min(0.9, Math.max(0, number(options['segmentSpacing'], 0.3))),
    thresholdLabels: boolean(options['showThresholdLabels'], false),
    thresholdMarkers: boolean(options['showThresholdMarkers'], true),
    minWidth: manual ? number(options['minVizWidth'], MIN_PX) : MIN_PX,
    minHeight: manual ? number(options['minVizHeight'], MIN_PX) : MIN_PX,
    text: textSizes(options),
  };
}
