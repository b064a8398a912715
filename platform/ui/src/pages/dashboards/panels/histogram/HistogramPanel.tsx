import { useMemo, useState } from 'react';
import { BarPlot, type DrawnBar, type PlotLabel } from '../../../../components/plot/BarPlot';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { PlotLegend } from '../../../../components/plot/PlotLegend';
import { TooltipLines } from '../../../../components/plot/PlotTooltip';
import type { ShownField } from '../../../../lib/field/fieldConfig';
import { placeBars } from '../../../../lib/plot/bars';
import { withAlpha } from '../../../../lib/plot/color';
import { buildHistogram, type Histogram } from '../../../../lib/plot/histogram';
import { valueRange } from '../../../../lib/plot/scale';
import { scaleStyle, seriesStyle } from '../../../../lib/plot/style';
import { tooltipRows } from '../../../../lib/plot/tooltip';
import { afterLegendClick, isShown, type Shown } from '../../../../lib/plot/visibility';
import { formatUnitText } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { histogramPanelOptions, histogramStacking } from './options';

const shownField = (field: unknown) => field as ShownField;

/** How often values fall into buckets, over the whole range. */
export default function HistogramPanel({ panel, data, width, height }: PanelProps) {
  const options = useMemo(() => histogramPanelOptions(panel.options), [panel.options]);
  const histogram = useMemo(() => buildHistogram(data.frames, (field) => shownField(field).title, options.build), [data.frames, options.build]);
  const [choice, setChoice] = useState<Shown>(undefined);
  if (!histogram || histogram.buckets.length === 0) {
    return <PanelMessage>{data.frames.every((frame) => frame.length === 0) ? 'No data' : 'The data have no number field to count.'}</PanelMessage>;
  }
  const names = histogram.series.map((series) => series.name);
  const chosen = choice && names.some((name) => choice.has(name)) ? choice : undefined;
  const items = histogram.series.map((series) => ({ name: series.name, color: shownField(series.field).color, shown: isShown(chosen, series.name, false), values: [] }));
  const series = histogram.series.filter((entry) => isShown(chosen, entry.name, false));
  const legend = options.legend.show && items.length > 0 ? options.legend : undefined;
  return (
    <PlotFrame width={width} height={height} legend={legend} legendContent={<PlotLegend items={items} options={options.legend} onChoose={(name, add) => setChoice(afterLegendClick(chosen, name, names, add))} />}>
      {(plotWidth, plotHeight) => <Buckets histogram={{ ...histogram, series }} tooltip={options.tooltip} label={panel.title || 'Histogram'} width={plotWidth} height={plotHeight} />}
    </PlotFrame>
  );
}

interface BucketsProps {
  readonly histogram: Histogram;
  readonly tooltip: ReturnType<typeof histogramPanelOptions>['tooltip'];
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

function Buckets({ histogram, tooltip, label, width, height }: BucketsProps) {
  const { buckets, series } = histogram;
  const [lead] = series;
  const config = lead?.field.config ?? {};
  const bound = (value: number) => (Number.isFinite(value) ? formatUnitText(value, config.unit, config.decimals ?? histogram.decimals) : value > 0 ? '+Inf' : '-Inf');
  const places = bucketPlaces(histogram);
  const stacking = histogramStacking(config.custom);
  const placed = placeBars({ rows: series.map((entry) => entry.counts), categories: buckets.length, stacking: stacking === 'none' ? 'none' : stacking, groupWidth: 1, barWidth: 1 });
  const bars = placed.flatMap((bar): DrawnBar[] => {
    const place = places[bar.category];
    const field = series[bar.series]?.field;
    if (!place || !field || bar.value === 0) return [];
    const style = seriesStyle({ fillOpacity: 80, ...field.config.custom });
    const { color } = shownField(field);
    // Bars of several series lie over one another, as their opacity lets them be seen.
    return [{ key: `${bar.series} ${bar.category}`, start: place[0], end: place[1], from: bar.from, to: bar.to, fill: withAlpha(color, style.fillOpacity / 100), stroke: color, strokeWidth: Math.min(4, style.lineWidth), text: '' }];
  });
  const top = placed.reduce((most, bar) => Math.max(most, bar.to), 0);
  const rules = { min: undefined, max: undefined, softMin: 0, softMax: undefined, centeredZero: false, decimals: undefined, scale: scaleStyle({}), percent: stacking === 'percent' };
  const [from, to] = valueRange(rules, 0, top);
  const first = places[0];
  const labels: PlotLabel[] = [...(first && buckets[0] ? [{ at: first[0], text: bound(buckets[0].min) }] : []), ...buckets.flatMap((bucket, i) => (places[i] ? [{ at: places[i]?.[1] ?? 0, text: bound(bucket.max) }] : []))];
  const card = (slot: number, bar: string | undefined) => {
    const bucket = buckets[slot];
    const nearest = bar === undefined ? (series.length === 1 ? 0 : undefined) : Number(bar.split(' ')[0]);
    const rows = tooltipRows(series.map((entry, at) => ({ series: at, value: entry.counts[slot] ?? 0 })), tooltip, nearest);
    return (
      bucket &&
      tooltip.mode !== 'none' && (
        <>
          <div className="plot-tooltip-head">
            {bound(bucket.min)} to {bound(bucket.max)}
          </div>
          <TooltipLines lines={rows.map(({ series: at, value }) => ({ key: String(at), name: series[at]?.name ?? '', color: shownField(series[at]?.field).color, text: formatUnitText(value, 'short') }))} />
        </>
      )
    );
  };
  return (
    <BarPlot
      bars={bars}
      labels={labels}
      horizontal={false}
      valueRange={[from ?? 0, to ?? 1]}
      formatValue={(value) => formatUnitText(value, stacking === 'percent' ? 'percentunit' : 'short')}
      valueLabel={seriesStyle(config.custom).axis.label}
      showValueAxis={seriesStyle(config.custom).axis.placement !== 'hidden'}
      rotation={0}
      radius={0}
      textSize={undefined}
      showText="never"
      slots={places}
      card={card}
      label={`${label}: ${buckets.length} buckets from ${bound(buckets[0]?.min ?? 0)} to ${bound(buckets.at(-1)?.max ?? 0)}`}
      width={width}
      height={height}
    />
  );
}

/** Where buckets stand, in [0, 1]: by their numbers, or side by side. */
function bucketPlaces({ axis, buckets }: Histogram): (readonly [number, number])[] {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (axis === 'ordinal' || !first || !last || !Number.isFinite(last.max - first.min)) {
    return buckets.map((_, i) => [i / buckets.length, (i + 1) / buckets.length]);
  }
  const span = last.max - first.min || 1;
  return buckets.map(({ min, max }) => [(min - first.min) / span, (max - first.min) / span]);
}
