import { boolean, object, optionalNumber, type Json } from '../../../../lib/json';
import type { HistogramOptions } from '../../../../lib/plot/histogram';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import type { StackingMode } from '../../../../lib/plot/style';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface HistogramPanelOptions {
  readonly build: HistogramOptions;
  readonly legend: LegendOptions;
  readonly tooltip: TooltipOptions;
}

export function histogramPanelOptions(options: Json): HistogramPanelOptions {
  const size = optionalNumber(options['bucketSize']);
  const count = optionalNumber(options['bucketCount']);
  return {
    build: { bucketSize: size !== undefined && size > 0 ? size : undefined, bucketOffset: optionalNumber(options['bucketOffset']) ?? 0, bucketCount: count !== undefined && count > 0 ? count : undefined, combine: boolean(options['combine'], false) },
    legend: legendOptions(object(options['legend'])),
    tooltip: tooltipOptions({ mode: 'multi', ...object(options['tooltip']) }),
  };
}

/** Histograms are stacked where the first field says so. */
export function histogramStacking(custom: Json | undefined): StackingMode {
  const mode = object(custom?.['stacking'])['mode'];
  return mode === 'normal' || mode === 'percent' ? mode : 'none';
}
