import { array, object, type Json } from '../../../../lib/json';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import type { PieSort } from '../../../../lib/plot/pie';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface PieOptions {
  readonly reduce: Json;
  readonly donut: boolean;
  readonly labels: { readonly name: boolean; readonly value: boolean; readonly percent: boolean };
  readonly sort: PieSort;
  readonly legend: LegendOptions;
  readonly legendValue: boolean;
  readonly legendPercent: boolean;
  readonly tooltip: TooltipOptions;
}

export function pieOptions(options: Json): PieOptions {
  const labels = array(options['displayLabels']);
  const legend = object(options['legend']);
  const values = array(legend['values']);
  return {
    reduce: object(options['reduceOptions']),
    donut: options['pieType'] === 'donut',
    labels: { name: labels.includes('name'), value: labels.includes('value'), percent: labels.includes('percent') },
    sort: options['sort'] === 'asc' || options['sort'] === 'none' ? options['sort'] : 'desc',
    legend: { ...legendOptions(legend), placement: legend['placement'] === 'bottom' ? 'bottom' : 'right' },
    legendValue: values.includes('value'),
    legendPercent: values.includes('percent'),
    tooltip: tooltipOptions(object(options['tooltip'])),
  };
}
