import { boolean, number, object, optionalNumber, optionalString, string, type Json } from '../../../../lib/json';
import type { RowsOptions } from '../../../../lib/plot/heatmap/build';
import type { CountFilter } from '../../../../lib/plot/heatmap/cells';
import { heatmapColors, type HeatmapColors } from '../../../../lib/plot/heatmap/schemes';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface HeatmapOptions {
  readonly calculate: boolean;
  readonly calculation: Json;
  readonly colors: HeatmapColors;
  readonly cellGap: number;
  readonly cellUnit: string | undefined;
  readonly cellDecimals: number | undefined;
  readonly filter: CountFilter;
  readonly layout: RowsOptions['layout'];
  readonly valueName: string;
  readonly yAxis: { readonly unit: string | undefined; readonly decimals: number | undefined; readonly min: number | undefined; readonly max: number | undefined; readonly reverse: boolean; readonly label: string; readonly placement: 'left' | 'right' | 'hidden' };
  readonly showValue: boolean;
  readonly legend: boolean;
  readonly tooltip: TooltipOptions;
  readonly exemplarColor: string;
}

export function heatmapOptions(options: Json): HeatmapOptions {
  const yAxis = object(options['yAxis']);
  const filter = object(options['filterValues']);
  const layout = object(options['rowsFrame'])['layout'];
  const placement = yAxis['axisPlacement'];
  return {
    calculate: boolean(options['calculate'], false),
    calculation: object(options['calculation']),
    colors: heatmapColors(object(options['color'])),
    cellGap: Math.min(20, Math.max(0, number(options['cellGap'], 1))),
    cellUnit: optionalString(object(options['cellValues'])['unit']),
    cellDecimals: optionalNumber(object(options['cellValues'])['decimals']),
    filter: { le: optionalNumber(filter['le']) ?? (filter['le'] === null ? undefined : 1e-9), ge: optionalNumber(filter['ge']) },
    layout: layout === 'le' || layout === 'ge' || layout === 'unknown' ? layout : 'auto',
    valueName: string(object(options['rowsFrame'])['value'], 'Count'),
    yAxis: {
      unit: optionalString(yAxis['unit']),
      decimals: optionalNumber(yAxis['decimals']),
      min: optionalNumber(yAxis['min']),
      max: optionalNumber(yAxis['max']),
      reverse: boolean(yAxis['reverse'], false),
      label: string(yAxis['axisLabel']),
      placement: placement === 'right' || placement === 'hidden' ? placement : 'left',
    },
    showValue: options['showValue'] === 'always',
    legend: boolean(object(options['legend'])['show'], true),
    tooltip: tooltipOptions({ mode: 'single', ...object(options['tooltip']) }),
    exemplarColor: string(object(options['exemplars'])['color'], 'rgba(255,0,255,0.7)'),
  };
}
