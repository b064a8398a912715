import { useMemo } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { PlotLegend } from '../../../../components/plot/PlotLegend';
import { ValueCells } from '../../../../components/plot/ValueCells';
import { formatDisplay } from '../../../../lib/units/format';
import { reduceFrames } from '../../../../lib/field/reduceFrames';
import { cellsInLine } from '../../../../lib/plot/repeat';
import { longest } from '../../../../lib/plot/textFit';
import { valueName } from '../../../../lib/plot/valueName';
import type { PanelProps } from '../panel';
import { Bar } from './Bar';
import { barGaugeOptions } from './options';

/** A bar for each value. */
export default function BarGaugePanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => barGaugeOptions(panel.options), [panel.options]);
  const values = useMemo(() => reduceFrames(data.frames, options.reduce, { scope, dark, fieldConfig: panel.fieldConfig }), [data.frames, options.reduce, scope, dark, panel.fieldConfig]);
  if (values.length === 0) {
    return <PanelMessage>No data</PanelMessage>;
  }
  const fit = { name: longest(values.map((value) => valueName(value, values.length))), value: longest(values.map((value) => formatDisplay(value.display))) };
  const items = values.map((value) => ({ name: value.title, color: value.display.color ?? value.field.color, shown: true, values: [] }));
  return (
    <PlotFrame width={width} height={height} legend={options.legend.show ? options.legend : undefined} legendContent={<PlotLegend items={items} options={options.legend} />}>
      {(plotWidth, plotHeight) => {
        const box = { width: plotWidth, height: plotHeight, gap: options.mode === 'lcd' ? 2 : 10, minWidth: options.minWidth, minHeight: options.minHeight, maxHeight: options.maxHeight };
        const layout = cellsInLine(values.length, options.orientation, box);
        return (
          <ValueCells layout={layout} width={plotWidth} height={plotHeight}>
            {(index, cellWidth, cellHeight) => {
              const value = values[index];
              return value && <Bar value={value} name={valueName(value, values.length)} fit={fit} options={options} scope={scope} width={cellWidth} height={cellHeight} vertical={layout.vertical} dark={dark} />;
            }}
          </ValueCells>
        );
      }}
    </PlotFrame>
  );
}
