import { boolean, number, object, optionalNumber, type Json } from '../../../../lib/json';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface StateTimelineOptions {
  readonly mergeValues: boolean;
  /** Of a row, as a share of its place. */
  readonly rowHeight: number;
  readonly colWidth: number;
  readonly showValue: 'auto' | 'always' | 'never';
  readonly align: 'left' | 'center' | 'right';
  readonly perPage: number;
  readonly legend: LegendOptions;
  readonly tooltip: TooltipOptions;
}

const PER_PAGE = 20;

export function stateTimelineOptions(options: Json): StateTimelineOptions {
  const { showValue, alignValue } = options;
  const share = (value: unknown) => Math.min(1, Math.max(0.05, number(value, 0.9)));
  return {
    mergeValues: boolean(options['mergeValues'], true),
    rowHeight: share(options['rowHeight']),
    colWidth: share(options['colWidth']),
    showValue: showValue === 'always' || showValue === 'never' ? showValue : 'auto',
    align: alignValue === 'center' || alignValue === 'right' ? alignValue : 'left',
    perPage: Math.max(1, optionalNumber(options['perPage']) ?? PER_PAGE),
    legend: legendOptions(object(options['legend'])),
    tooltip: tooltipOptions(object(options['tooltip'])),
  };
}
