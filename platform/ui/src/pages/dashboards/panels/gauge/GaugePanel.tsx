import { useMemo } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { ValueCells } from '../../../../components/plot/ValueCells';
import { formatDisplay } from '../../../../lib/units/format';
import { reduceFrames } from '../../../../lib/field/reduceFrames';
import { cellsInLine } from '../../../../lib/plot/repeat';
import { longest } from '../../../../lib/plot/textFit';
import { valueName } from '../../../../lib/plot/valueName';
import type { PanelProps } from '../panel';
import { GaugeDial } from './GaugeDial';
import { gaugeOptions } from './options';

/** A dial for each value. */
export default function GaugePanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => gaugeOptions(panel.options), [panel.options]);
  const values = useMemo(() => reduceFrames(data.frames, options.reduce, { scope, dark, fieldConfig: panel.fieldConfig }), [data.frames, options.reduce, scope, dark, panel.fieldConfig]);
  if (values.length === 0) {
    return <PanelMessage>No data</PanelMessage>;
  }
  const layout = cellsInLine(values.length, options.orientation, { width, height, gap: 10, minWidth: options.minWidth, minHeight: options.minHeight });
  const longestText = longest(values.map((value) => formatDisplay(value.display)));
  return (
    <ValueCells layout={layout} width={width} height={height}>
      {(index, cellWidth, cellHeight) => {
        const value = values[index];
        return value && <GaugeDial value={value} name={valueName(value, values.length)} fit={longestText} options={options} scope={scope} width={cellWidth} height={cellHeight} dark={dark} />;
      }}
    </ValueCells>
  );
}
