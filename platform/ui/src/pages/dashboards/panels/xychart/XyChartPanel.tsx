import { useCallback, useMemo } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { TimePlot } from '../../../../components/plot/TimePlot';
import { object } from '../../../../lib/json';
import type { ChartSeries } from '../../../../lib/plot/chartSeries';
import { legendOptions } from '../../../../lib/plot/legend';
import { legendValues } from '../../../../lib/plot/legendValues';
import { tooltipOptions } from '../../../../lib/plot/tooltip';
import { xySeries } from '../../../../lib/plot/xySeries';
import { formatDisplay } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';

/** Numbers over other numbers: trends as lines, XY charts as points. */
export default function XyChartPanel({ panel, data, timeZone, width, height, dark }: PanelProps) {
  const legend = useMemo(() => legendOptions(object(panel.options['legend'])), [panel.options]);
  const tooltip = useMemo(() => tooltipOptions(object(panel.options['tooltip'])), [panel.options]);
  const found = useMemo(() => xySeries(data.frames, panel.type, panel.options), [data.frames, panel.type, panel.options]);
  const values = useCallback((entry: ChartSeries) => legendValues(entry.source?.field, legend.calcs), [legend.calcs]);
  const range = useMemo(() => extent(found?.series ?? []), [found]);
  if (!found || found.series.length === 0) {
    return <PanelMessage>{data.frames.every((frame) => frame.length === 0) ? 'No data' : 'This panel needs two number fields, one for each axis.'}</PanelMessage>;
  }
  return (
    <TimePlot
      series={found.series}
      label={`${panel.title || 'Chart'}: ${found.series.map((series) => series.name).slice(0, 5).join(', ')} over ${found.x.title}`}
      range={range}
      timeZone={timeZone}
      width={width}
      height={height}
      dark={dark}
      legend={legend}
      legendValues={values}
      tooltip={tooltip}
      formatX={(value, decimals) => formatDisplay(found.x.display(value, found.x.config.decimals ?? decimals))}
    />
  );
}

/** From the least to the greatest place on the axis, with a little room. */
function extent(series: readonly ChartSeries[]): PanelProps['range'] {
  let low = Infinity;
  let high = -Infinity;
  for (const { points } of series) {
    low = Math.min(low, points.times[0] ?? Infinity);
    high = Math.max(high, points.times.at(-1) ?? -Infinity);
  }
  const room = (high - low) * 0.02 || 1;
  return Number.isFinite(low) && Number.isFinite(high) ? { fromMs: low - room, toMs: high + room } : { fromMs: 0, toMs: 1 };
}
