import type { ReactNode } from 'react';
import type uPlot from 'uplot';
import type { ChartSeries, PreparedChart } from '../../lib/plot/chartSeries';
import { formatDisplay } from '../../lib/units/format';
import { tooltipRows, type TooltipOptions } from '../../lib/plot/tooltip';
import { formatMoment } from '../../lib/plot/zonedTime';
import { useSignal, type Signal } from './hover';
import type { Hover } from './hoverState';
import { PlotTooltip, TooltipLines, type TooltipLine } from './PlotTooltip';

export interface TimeTooltipProps {
  readonly chart: PreparedChart;
  readonly options: TooltipOptions;
  readonly timeZone: string | undefined;
  readonly formatX?: ((value: number) => string) | undefined;
  /** Links and actions below the values of a pinned card. */
  readonly footer: ((timeMs: number, series: ChartSeries | undefined, index: number | undefined) => ReactNode) | undefined;
}

/** More lines than this cannot be read while the pointer moves. */
const MAX_LINES = 40;
const LINE_PX = 18;

function linesThatFit(maxHeight: number | undefined): number {
  return Math.max(3, Math.min(MAX_LINES, Math.floor((Math.min(maxHeight ?? 600, window.innerHeight) - 60) / LINE_PX)));
}

/** The card that follows the pointer. */
export function HoverTooltip({ plot, hover, shared, ...props }: TimeTooltipProps & { readonly plot: uPlot; readonly hover: Signal<Hover | undefined>; readonly shared: boolean }) {
  const now = useSignal(hover);
  if (!now || (now.remote && !shared)) {
    return null;
  }
  const box = plot.over.getBoundingClientRect();
  const outside = box.bottom < 0 || box.top > window.innerHeight;
  const content = outside ? undefined : tooltipContent(props, now, linesThatFit(props.options.maxHeight));
  return content ? (
    <PlotTooltip at={{ x: box.left + now.left, y: box.top + Math.max(0, now.top) }} maxWidth={props.options.maxWidth} maxHeight={props.options.maxHeight}>
      {content}
    </PlotTooltip>
  ) : null;
}

/** The same, which stays until it is closed. */
export function PinnedTooltip({ hover, at, onClose, footer, ...props }: TimeTooltipProps & { readonly hover: Hover; readonly at: { x: number; y: number }; readonly onClose: () => void }) {
  const content = tooltipContent({ ...props, footer }, hover, Infinity);
  const series = hover.nearest === undefined ? undefined : props.chart.series[hover.nearest]?.series;
  return (
    <PlotTooltip at={at} pinned onClose={onClose} maxWidth={props.options.maxWidth} maxHeight={props.options.maxHeight ?? 420}>
      {content ?? <div className="plot-tooltip-head">{formatMoment(props.chart.times[hover.index] ?? 0, props.timeZone)}</div>}
      {footer?.(props.chart.times[hover.index] ?? 0, series, hover.nearest === undefined ? undefined : hover.places[hover.nearest])}
    </PlotTooltip>
  );
}

function tooltipContent({ chart, options, timeZone, formatX = (value) => formatMoment(value, timeZone, true) }: TimeTooltipProps, hover: Hover, linesMax: number): ReactNode | undefined {
  const present = chart.series.flatMap(({ series, shown }, at) => {
    const place = hover.places[at];
    const value = place === undefined ? undefined : chart.values[at]?.[place];
    return shown && !series.style.hide.tooltip && typeof value === 'number' ? [{ series: at, value }] : [];
  });
  const rows = tooltipRows(present, options, hover.nearest);
  const [first] = rows;
  if (!first) {
    return undefined;
  }
  const place = options.mode === 'single' ? (hover.places[first.series] ?? hover.index) : hover.index;
  const lines = rows.slice(0, linesMax).flatMap(({ series: at, value }): TooltipLine[] => {
    const entry = chart.series[at];
    if (!entry) return [];
    return [{ key: String(at), name: entry.series.name, color: entry.series.color, text: formatDisplay(entry.series.display(value)), strong: options.mode === 'multi' && at === hover.nearest }];
  });
  return (
    <>
      <div className="plot-tooltip-head">{formatX(chart.times[place] ?? 0)}</div>
      <TooltipLines lines={lines} />
      {rows.length > linesMax && <div className="plot-tooltip-rest">and {rows.length - linesMax} more</div>}
    </>
  );
}
