import { boolean, number, object, type Json } from '../../../../lib/json';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import type { BarGaugeInput } from '../../../../lib/plot/barGauge';
import type { Orientation } from '../../../../lib/plot/repeat';
import { orientationOf, textSizes, type TextSizes } from '../stat/options';

export interface BarGaugeOptions {
  readonly reduce: Json;
  readonly orientation: Orientation;
  readonly mode: 'gradient' | 'lcd' | 'basic';
  readonly valueMode: 'color' | 'text' | 'hidden';
  readonly namePlacement: BarGaugeInput['namePlacement'];
  readonly unfilled: boolean;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly maxHeight: number;
  readonly text: TextSizes;
  readonly legend: LegendOptions;
}

export function barGaugeOptions(options: Json): BarGaugeOptions {
  const { displayMode, valueMode, namePlacement } = options;
  const manual = options['sizing'] === 'manual';
  return {
    reduce: object(options['reduceOptions']),
    orientation: orientationOf(options['orientation']),
    mode: displayMode === 'lcd' || displayMode === 'basic' ? displayMode : 'gradient',
    valueMode: valueMode === 'text' || valueMode === 'hidden' ? valueMode : 'color',
    namePlacement: namePlacement === 'top' || namePlacement === 'left' || namePlacement === 'hidden' ? namePlacement : 'auto',
    unfilled: boolean(options['showUnfilled'], true),
    minWidth: manual ? number(options['minVizWidth'], 8) : 8,
    minHeight: manual ? number(options['minVizHeight'], 16) : 16,
    maxHeight: manual ? number(options['maxVizHeight'], 300) : 300,
    text: textSizes(options),
    legend: { ...legendOptions(object(options['legend'])), show: boolean(object(options['legend'])['showLegend'], false) },
  };
}
