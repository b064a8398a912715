import { useMemo, useState } from 'react';
import { BarPlot, type DrawnBar } from '../../../../components/plot/BarPlot';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { PlotLegend } from '../../../../components/plot/PlotLegend';
import { cutLabel, placeBars } from '../../../../lib/plot/bars';
import { barTable, type BarTable } from '../../../../lib/plot/barTable';
import { withAlpha } from '../../../../lib/plot/color';
import type { LegendItem } from '../../../../lib/plot/legend';
import { legendValues } from '../../../../lib/plot/legendValues';
import { rangeRules, valueRange } from '../../../../lib/plot/scale';
import { hideFrom, seriesStyle } from '../../../../lib/plot/style';
import { afterLegendClick, isShown, type Shown } from '../../../../lib/plot/visibility';
import { formatDisplay, formatUnitText } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { BarCard } from './BarCard';
import { barChartOptions, type BarChartOptions } from './options';

/** More bars than this cannot be told apart. */
const MAX_BARS = 3000;

/** Bars by category. */
export default function BarChartPanel({ panel, data, scope, width, height, dark }: PanelProps) {
  const options = useMemo(() => barChartOptions(panel.options), [panel.options]);
  const table = useMemo(() => barTable(data.frames, options.xField, dark), [data.frames, options.xField, dark]);
  const [choice, setChoice] = useState<Shown>(undefined);
  if (!table || table.keys.length === 0) {
    return <PanelMessage>{data.frames.every((frame) => frame.length === 0) ? 'No data' : 'A bar chart needs a field with texts or times, and a number field.'}</PanelMessage>;
  }
  const titles = table.columns.map((column) => column.field.title);
  const chosen = choice && titles.some((title) => choice.has(title)) ? choice : undefined;
  const shown = (column: BarTable['columns'][number]) => isShown(chosen, column.field.title, hideFrom(column.field.config.custom).viz);
  const columns = table.columns.filter(shown);
  const items = table.columns.flatMap((column): LegendItem[] => {
    const { field } = column;
    return hideFrom(field.config.custom).legend ? [] : [{ name: field.title, color: field.color, shown: shown(column), values: legendValues(field, options.legend.calcs) }];
  });
  const legend = options.legend.show && items.length > 0 ? options.legend : undefined;
  return (
    <PlotFrame width={width} height={height} legend={legend} legendContent={<PlotLegend items={items} options={options.legend} onChoose={(name, add) => setChoice(afterLegendClick(chosen, name, titles, add))} />}>
      {(plotWidth, plotHeight) => <Bars table={{ ...table, columns }} colors={colorsBy(data.frames, options.colorByField)} options={options} scope={scope} label={panel.title || 'Bar chart'} width={plotWidth} height={plotHeight} />}
    </PlotFrame>
  );
}

/** Colours by row of a field that is named for that. */
function colorsBy(frames: PanelProps['data']['frames'], name: string | undefined): ((row: number) => string | undefined) | undefined {
  const field = name === undefined ? undefined : frames.flatMap((frame) => frame.fields).find((entry) => entry.title === name || entry.name === name);
  return field && ((row) => field.display(field.values[row]).color);
}

interface BarsProps {
  readonly table: BarTable;
  readonly colors: ((row: number) => string | undefined) | undefined;
  readonly options: BarChartOptions;
  readonly scope: PanelProps['scope'];
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

function Bars({ table, colors, options, scope, label, width, height }: BarsProps) {
  const { keys, columns } = table;
  const horizontal = options.orientation === 'horizontal' || (options.orientation === 'auto' && width < height);
  const placed = placeBars({ rows: columns.map((column) => column.values), categories: keys.length, stacking: options.stacking, groupWidth: options.groupWidth, barWidth: options.barWidth });
  const [lead] = columns;
  const style = seriesStyle(lead?.field.config.custom);
  const percent = options.stacking === 'percent';
  const drawn = placed.slice(0, MAX_BARS).map((bar): DrawnBar => {
    const column = columns[bar.series];
    const custom = seriesStyle({ fillOpacity: 80, ...column?.field.config.custom });
    const display = column?.field.display(bar.value);
    const color = colors?.(column?.rows[bar.category] ?? -1) ?? (isByValue(column?.field.config.color?.mode) ? display?.color : undefined) ?? column?.field.color ?? '#808080';
    return { ...bar, key: `${bar.series} ${bar.category}`, fill: withAlpha(color, custom.fillOpacity / 100), stroke: color, strokeWidth: Math.min(4, custom.lineWidth), text: display ? formatDisplay(display) : '' };
  });
  const ends = placed.flatMap((bar) => [bar.from, bar.to]);
  const rules = { ...rangeRules(lead?.field.config ?? {}, style), percent, softMin: style.axis.softMin ?? 0, softMax: style.axis.softMax ?? 0 };
  const [from, to] = valueRange(rules, ends.length > 0 ? ends.reduce((a, b) => Math.min(a, b)) : null, ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : null);
  const slots = keys.map((_, i) => [i / keys.length, (i + 1) / keys.length] as const);
  return (
    <BarPlot
      bars={drawn}
      labels={keys.map((key, i) => ({ at: (i + 0.5) / keys.length, text: cutLabel(formatDisplay(table.category.display(key)), options.labelLetters) }))}
      horizontal={horizontal}
      valueRange={[from ?? 0, to ?? 1]}
      formatValue={(value) => (percent ? formatUnitText(value, 'percentunit') : lead ? formatDisplay(lead.field.display(value)) : String(value))}
      valueLabel={style.axis.label}
      showValueAxis={style.axis.placement !== 'hidden'}
      rotation={options.rotation}
      radius={options.barRadius}
      textSize={options.valueSize}
      showText={options.showValue}
      slots={slots}
      card={(slot, bar) => options.tooltip.mode !== 'none' && <BarCard table={table} slot={slot} series={bar === undefined ? undefined : Number(bar.split(' ')[0])} options={options.tooltip} scope={scope} />}
      label={`${label}: ${keys.length} categories, ${columns.map((column) => column.field.title).slice(0, 5).join(', ')}`}
      width={width}
      height={height}
    />
  );
}

function isByValue(mode: string | undefined): boolean {
  return mode === 'thresholds' || (mode ?? '').startsWith('continuous-');
}
