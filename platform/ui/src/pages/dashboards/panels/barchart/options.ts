import { number, object, optionalNumber, optionalString, type Json } from '../../../../lib/json';
import { legendOptions, type LegendOptions } from '../../../../lib/plot/legend';
import type { StackingMode } from '../../../../lib/plot/style';
import { tooltipOptions, type TooltipOptions } from '../../../../lib/plot/tooltip';

export interface BarChartOptions {
  readonly orientation: 'auto' | 'horizontal' | 'vertical';
  readonly xField: string | undefined;
  readonly colorByField: string | undefined;
  readonly stacking: StackingMode;
  readonly showValue: 'auto' | 'always' | 'never';
  readonly groupWidth: number;
  readonly barWidth: number;
  readonly barRadius: number;
  readonly rotation: number;
  readonly labelLetters: number | undefined;
  readonly valueSize: number | undefined;
  readonly legend: LegendOptions;
  readonly tooltip: TooltipOptions;
}

export function barChartOptions(options: Json): BarChartOptions {
  const { orientation, stacking, showValue } = options;
  const share = (value: unknown, fallback: number) => Math.min(1, Math.max(0, number(value, fallback)));
  return {
    orientation: orientation === 'horizontal' || orientation === 'vertical' ? orientation : 'auto',
    xField: optionalString(options['xField']),
    colorByField: optionalString(options['colorByField']),
    stacking: stacking === 'normal' || stacking === 'percent' ? stacking : 'none',
    showValue: showValue === 'always' || showValue === 'never' ? showValue : 'auto',
    groupWidth: Math.max(0.05, share(options['groupWidth'], 0.7)),
    barWidth: Math.max(0.05, share(options['barWidth'], 0.97)),
    barRadius: share(options['barRadius'], 0),
    rotation: Math.min(90, Math.max(-90, number(options['xTickLabelRotation'], 0))),
    labelLetters: optionalNumber(options['xTickLabelMaxLength']),
    valueSize: optionalNumber(object(options['text'])['valueSize']),
    legend: legendOptions(object(options['legend'])),
    tooltip: tooltipOptions(object(options['tooltip'])),
  };
}
