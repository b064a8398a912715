import { useMemo, useState } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { PlotLegend } from '../../../../components/plot/PlotLegend';
import { reduceFrames, type ReducedValue } from '../../../../lib/field/reduceFrames';
import type { LegendItem } from '../../../../lib/plot/legend';
import { pieOrder, pieSlices } from '../../../../lib/plot/pie';
import { hideFrom } from '../../../../lib/plot/style';
import { afterLegendClick, isShown, type Shown } from '../../../../lib/plot/visibility';
import { formatDisplay } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { pieOptions } from './options';
import { Pie } from './Pie';
import { percentText } from './percent';

/** Shares of a whole. */
export default function PieChartPanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => pieOptions(panel.options), [panel.options]);
  const values = useMemo(() => reduceFrames(data.frames, options.reduce, { scope, dark, fieldConfig: panel.fieldConfig }), [data.frames, options.reduce, scope, dark, panel.fieldConfig]);
  const [choice, setChoice] = useState<Shown>(undefined);
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  if (values.length === 0) {
    return <PanelMessage>No data</PanelMessage>;
  }
  const chosen = choice && values.some((value) => choice.has(value.title)) ? choice : undefined;
  const shown = (value: ReducedValue) => isShown(chosen, value.title, hideFrom(value.field.config.custom).viz);
  const order = pieOrder(values.map((value) => value.display.numeric), options.sort);
  const slices = pieSlices(values.map((value) => (shown(value) ? value.display.numeric : undefined)), order);
  const items = order.flatMap((index): LegendItem[] => {
    const value = values[index];
    if (!value || hideFrom(value.field.config.custom).legend) return [];
    const share = slices.find((slice) => slice.index === index)?.share;
    return [
      {
        name: value.title,
        color: value.display.color ?? value.field.color,
        shown: shown(value),
        values: [
          ...(options.legendValue ? [{ title: 'Value', text: formatDisplay(value.display), numeric: value.display.numeric }] : []),
          ...(options.legendPercent ? [{ title: 'Percent', text: share === undefined ? '-' : percentText(share, value.field.config.decimals), numeric: share ?? NaN }] : []),
        ],
      },
    ];
  });
  const choose = (name: string, add: boolean) => setChoice(afterLegendClick(chosen, name, values.map((value) => value.title), add));
  return (
    <PlotFrame width={width} height={height} legend={options.legend.show ? options.legend : undefined} legendContent={<PlotLegend items={items} options={options.legend} onChoose={choose} onPoint={setPointed} />}>
      {(plotWidth, plotHeight) => <Pie values={values} slices={slices} options={options} scope={scope} pointed={pointed} width={plotWidth} height={plotHeight} label={panel.title || 'Pie chart'} />}
    </PlotFrame>
  );
}
