import { useMemo } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { ValueCells } from '../../../../components/plot/ValueCells';
import { formatDisplay } from '../../../../lib/units/format';
import { reduceFrames, type ReducedValue } from '../../../../lib/field/reduceFrames';
import { cellsInGrid, cellsInLine } from '../../../../lib/plot/repeat';
import { longest } from '../../../../lib/plot/textFit';
import type { PanelProps } from '../panel';
import { statOptions, type StatOptions } from './options';
import { StatTile, type TileTexts } from './StatTile';

const GAP = 8;

/** One large value for each field, with its course behind it. */
export default function StatPanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => statOptions(panel.options), [panel.options]);
  const values = useMemo(() => reduceFrames(data.frames, options.reduce, { scope, dark, fieldConfig: panel.fieldConfig }), [data.frames, options.reduce, scope, dark, panel.fieldConfig]);
  if (values.length === 0) {
    return <PanelMessage>No data</PanelMessage>;
  }
  const mode = textMode(options, values, panel.title);
  const texts = values.map((value) => textsOf(value, mode));
  const fit = { name: longest(texts.map((text) => text.name)), value: longest(texts.map((text) => text.value)) };
  const box = { width, height, gap: GAP };
  const layout = options.orientation === 'auto' ? cellsInGrid(values.length, box) : cellsInLine(values.length, options.orientation, { ...box, minHeight: 24, minWidth: 40 });
  return (
    <ValueCells layout={layout} width={width} height={height}>
      {(index, cellWidth, cellHeight) => {
        const value = values[index];
        const text = texts[index];
        return value && text && <StatTile value={value} texts={text} fit={fit} options={options} scope={scope} width={cellWidth} height={cellHeight} dark={dark} />;
      }}
    </ValueCells>
  );
}

/** Names are shown where there are several values, or one that was given a name, or nothing else says what it is. */
function textMode(options: StatOptions, values: readonly ReducedValue[], title: string): Exclude<StatOptions['textMode'], 'auto'> {
  if (options.textMode !== 'auto') {
    return options.textMode;
  }
  const named = values.some((value) => value.field.config.displayName !== undefined && value.field.config.displayName !== '');
  return values.length > 1 || named || title === '' ? 'value_and_name' : 'value';
}

function textsOf(value: ReducedValue, mode: Exclude<StatOptions['textMode'], 'auto'>): TileTexts {
  const text = formatDisplay(value.display);
  switch (mode) {
    case 'value_and_name':
      return { name: value.title, value: text, hint: '' };
    case 'value':
      return { name: '', value: text, hint: value.title };
    case 'name':
      return { name: '', value: value.title, hint: text };
    case 'none':
      return { name: '', value: '', hint: `${value.title} ${text}` };
  }
}
