import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type uPlot from 'uplot';
import type { Annotation } from '../../pages/dashboards/panels/panel';
import { prepareChart, type ChartSeries } from '../../lib/plot/chartSeries';
import type { ExemplarMark } from '../../lib/plot/exemplars';
import { formatDisplay } from '../../lib/units/format';
import type { LegendItem, LegendOptions, LegendValue } from '../../lib/plot/legend';
import type { TooltipOptions } from '../../lib/plot/tooltip';
import { afterLegendClick, type Shown } from '../../lib/plot/visibility';
import type { AbsoluteRange } from '../../lib/time';
import { AnnotationLayer } from './AnnotationLayer';
import { ExemplarLayer } from './ExemplarLayer';
import { PlotFrame } from './PlotFrame';
import { PlotLegend } from './PlotLegend';
import { timePlotData, timePlotOptions, timePlotShape } from './timePlotOptions';
import { HoverTooltip, PinnedTooltip } from './TimeTooltip';
import { usePlot } from './usePlot';
import { UPlotCanvas } from './UPlotCanvas';

export interface TimePlotProps {
  readonly series: readonly ChartSeries[];
  /** What a screen reader says of the chart. */
  readonly label: string;
  readonly range: AbsoluteRange;
  readonly timeZone: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  readonly legend: LegendOptions;
  readonly legendValues?: ((series: ChartSeries) => readonly LegendValue[]) | undefined;
  readonly tooltip: TooltipOptions;
  readonly tooltipFooter?: ((timeMs: number, series: ChartSeries | undefined, index: number | undefined) => ReactNode) | undefined;
  /** Writes places on an axis of numbers instead of times. */
  readonly formatX?: ((value: number, decimals?: number) => string) | undefined;
  readonly sync?: { readonly key: string; readonly mode: 0 | 1 | 2 } | undefined;
  readonly annotations?: readonly Annotation[];
  readonly exemplars?: readonly ExemplarMark[];
  readonly onZoom?: ((range: AbsoluteRange) => void) | undefined;
  readonly onAnnotate?: ((range: AbsoluteRange) => void) | undefined;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];
const NO_EXEMPLARS: readonly ExemplarMark[] = [];

/** Series over time with legend, tooltip, shared crosshair, zoom, annotations and exemplars. */
export function TimePlot(props: TimePlotProps) {
  const { series, legend, legendValues } = props;
  const [choice, setChoice] = useState<Shown>(undefined);
  const chosen = choice && series.some((entry) => choice.has(entry.name)) ? choice : undefined;
  const chart = useMemo(() => prepareChart(series, chosen), [series, chosen]);
  const values = useMemo(() => series.map((entry) => legendValues?.(entry) ?? []), [series, legendValues]);
  const leftScale = chart.scales[0]?.key;
  const items = chart.series.flatMap(({ series: entry, shown, scale }, at): LegendItem[] => {
    const rightAxis = entry.style.axis.placement === 'right' || (entry.style.axis.placement === 'auto' && shown && scale !== leftScale);
    return entry.style.hide.legend ? [] : [{ name: entry.name, color: entry.color, shown, values: values[at] ?? [], rightAxis, dash: entry.style.dash !== undefined }];
  });
  const choose = (name: string, add: boolean) => setChoice(afterLegendClick(chosen, name, items.map((item) => item.name), add));
  return (
    <PlotFrame width={props.width} height={props.height} legend={legend.show && items.length > 0 ? legend : undefined} legendContent={<PlotLegend items={items} options={legend} onChoose={choose} />}>
      {(width, height) => <PlotSurface {...props} chart={chart} width={width} height={height} />}
    </PlotFrame>
  );
}

function PlotSurface(props: TimePlotProps & { readonly chart: ReturnType<typeof prepareChart> }) {
  const { chart, range, timeZone, dark, width, height, sync, annotations = NO_ANNOTATIONS, exemplars = NO_EXEMPLARS } = props;
  const latest = useRef(props);
  // Before the effects of the canvas inside, which makes its plot from this.
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { drawn, pinned, setPinned, hover, plot, withSurroundings, onPlot } = usePlot(props);
  const data = useMemo(() => timePlotData(chart), [chart]);
  const shape = timePlotShape({ chart, range, timeZone, dark });
  const moveByKey = (event: KeyboardEvent) => moveCursor(event, plot.current, chart.times, (at) => {
    const now = hover.get();
    if (now) setPinned({ hover: now, at });
  });
  const first = chart.scales[0];
  const tooltip = { chart, options: props.tooltip, timeZone, footer: props.tooltipFooter, formatX: props.formatX };
  return (
    <div className="plot-surface" style={{ width, height }}>
      <div role="img" aria-label={props.label} tabIndex={0} className="plot-focus" onKeyDown={moveByKey} onBlur={() => hover.set(undefined)}>
        <UPlotCanvas
          shape={shape}
          options={() => withSurroundings(timePlotOptions(() => latest.current))}
          data={data}
          width={width}
          height={height}
          drawn={`${range.fromMs} ${range.toMs}`}
          onPlot={onPlot}
        />
      </div>
      {drawn && annotations.length > 0 && <AnnotationLayer annotations={annotations} range={range} timeZone={timeZone} box={drawn.box} />}
      {drawn && first && exemplars.length > 0 && (
        <ExemplarLayer plot={drawn.plot} scale={first.key} marks={exemplars} timeZone={timeZone} format={(value) => formatDisplay(first.lead.display(value))} box={drawn.box} />
      )}
      {drawn && !pinned && <HoverTooltip plot={drawn.plot} hover={hover} shared={sync?.mode === 2} {...tooltip} />}
      {pinned && <PinnedTooltip hover={pinned.hover} at={pinned.at} onClose={() => setPinned(undefined)} {...tooltip} />}
    </div>
  );
}

/** Left and right move the crosshair from point to point, Enter keeps its card open. */
function moveCursor(event: KeyboardEvent, u: uPlot | undefined, times: readonly number[], keep: (at: { x: number; y: number }) => void): void {
  const last = times.length - 1;
  if (!u || last < 0) {
    return;
  }
  const now = u.cursor.idx ?? undefined;
  const steps: Partial<Record<string, number>> = { ArrowRight: (now ?? -1) + 1, ArrowLeft: (now ?? last + 1) - 1, Home: 0, End: last };
  const next = steps[event.key];
  if (next !== undefined) {
    event.preventDefault();
    u.setCursor({ left: u.valToPos(times[Math.min(last, Math.max(0, next))] ?? 0, 'x'), top: u.over.clientHeight / 2 });
  } else if (event.key === 'Enter' && now !== undefined) {
    const box = u.over.getBoundingClientRect();
    keep({ x: box.left + (u.cursor.left ?? 0), y: box.top + box.height / 2 });
  }
}
