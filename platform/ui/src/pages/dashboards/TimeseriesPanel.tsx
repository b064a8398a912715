import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useTime } from '../../app/time';
import { useHref } from '../../app/urlState';
import { Chart, type ChartMark, type ChartSeries } from '../../components/Chart';
import { exemplarMarks } from '../../components/exemplars';
import type { Panel } from '../../lib/dashboard';
import { reduce } from '../../lib/reduce';
import { formatValue } from '../../lib/units';
import type { PanelSeries } from './panelSeries';
import type { PanelResult } from './usePanelData';

export function TimeseriesPanel({ panel, series, results }: { panel: Panel; series: readonly PanelSeries[]; results: readonly PanelResult[] }) {
  const { zoom } = useTime();
  const [, navigate] = useLocation();
  const href = useHref();
  const drawn = useMemo(() => series.map((entry): ChartSeries => ({ ...entry, summary: summaryOf(panel, entry) })), [panel, series]);
  const marks = useMemo((): ChartMark[] => exemplarMarks(results.flatMap((result) => result.exemplars), panel.field.unit, (traceId) => navigate(href(`/explore/traces/${traceId}`))), [results, panel, navigate, href]);
  return (
    <Chart
      series={drawn}
      label={panel.title}
      height="fill"
      unit={panel.field.unit}
      decimals={panel.field.decimals}
      min={panel.options.stacking === 'none' ? panel.field.min : undefined}
      max={panel.options.stacking === 'percent' ? 1 : panel.field.max}
      stacking={panel.options.stacking}
      fillOpacity={panel.options.fillOpacity}
      lineWidth={Math.max(1.5, panel.options.lineWidth)}
      drawStyle={panel.options.drawStyle}
      spanNulls={panel.options.spanNulls}
      showLegend={panel.options.showLegend}
      marks={marks}
      onZoom={(fromMs, toMs) => zoom({ fromMs, toMs })}
    />
  );
}

function summaryOf(panel: Panel, series: PanelSeries): string | undefined {
  const calcs = panel.options.legendCalcs.map((calc) => formatValue(reduce(series.values, calc), series.unit, { decimals: series.decimals }));
  return calcs.length === 0 ? undefined : calcs.join('  ');
}
