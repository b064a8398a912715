import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import type uPlot from 'uplot';
import { AnnotationLayer } from '../../../../components/plot/AnnotationLayer';
import { ExemplarLayer } from '../../../../components/plot/ExemplarLayer';
import { useSignal, type Signal } from '../../../../components/plot/hover';
import { PlotTooltip, TooltipLines } from '../../../../components/plot/PlotTooltip';
import { UPlotCanvas } from '../../../../components/plot/UPlotCanvas';
import { usePlot, type Pinned } from '../../../../components/plot/usePlot';
import { exemplarMarks } from '../../../../lib/plot/exemplars';
import { axisPosition, cellAt, colorIndex, type Heatmap, type HeatmapCell } from '../../../../lib/plot/heatmap/cells';
import { formatMoment } from '../../../../lib/plot/zonedTime';
import { formatUnitText } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { heatmapPlotOptions, type HeatmapInput } from './heatmapPlot';

type SurfaceProps = PanelProps & Omit<HeatmapInput, 'range' | 'timeZone' | 'dark'> & { readonly pointed: Signal<number | undefined> };

export function HeatmapSurface(props: SurfaceProps) {
  const { panel, data, heatmap, cells, options, range, timeZone, width, height, dark } = props;
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { drawn, pinned, setPinned, hover, withSurroundings, onPlot } = usePlot(props);
  const plotData = useMemo((): uPlot.AlignedData => [[range.fromMs, range.toMs], [null, null]], [range.fromMs, range.toMs]);
  const shape = JSON.stringify([heatmap.axis.kind, heatmap.axis.kind === 'ordinal' && heatmap.axis.centered, options.yAxis, dark, timeZone]);
  const exemplars = useMemo(
    () => exemplarMarks(data.exemplars).filter((mark) => axisPosition(heatmap.axis, mark.value) !== undefined),
    [data.exemplars, heatmap.axis],
  );
  const card = (at: Pinned, pin: boolean) => drawn && options.tooltip.mode !== 'none' && <HeatmapCard {...props} plot={drawn.plot} now={at} pinned={pin} onClose={() => setPinned(undefined)} />;
  return (
    <div className="plot-surface" style={{ width, height }}>
      <div role="img" aria-label={`${panel.title || 'Heatmap'}: ${cells.length} cells with counts from ${props.formatCount(props.counts.min)} to ${props.formatCount(props.counts.max)}`}>
        <UPlotCanvas shape={shape} options={() => withSurroundings(heatmapPlotOptions(() => latest.current))} data={plotData} width={width} height={height} drawn={cells} onPlot={onPlot} />
      </div>
      {drawn && data.annotations.length > 0 && <AnnotationLayer annotations={data.annotations} range={range} timeZone={timeZone} box={drawn.box} />}
      {drawn && exemplars.length > 0 && (
        <ExemplarLayer plot={drawn.plot} scale="y" marks={exemplars} placeOf={(mark) => axisPosition(heatmap.axis, mark.value) ?? 0} color={options.exemplarColor} timeZone={timeZone} format={(value) => formatUnitText(value, options.yAxis.unit ?? heatmap.unit, options.yAxis.decimals)} box={drawn.box} />
      )}
      {drawn && !pinned && <HoverCard hover={hover} plot={drawn.plot} pointed={props.pointed} cells={cells} shared={props.sync.mode === 2} card={(at) => card(at, false)} />}
      {pinned && card(pinned, true)}
    </div>
  );
}

interface HoverCardProps {
  readonly hover: ReturnType<typeof usePlot>['hover'];
  readonly plot: uPlot;
  readonly pointed: Signal<number | undefined>;
  readonly cells: readonly HeatmapCell[];
  readonly shared: boolean;
  readonly card: (at: Pinned) => ReactNode;
}

function HoverCard({ hover, plot, pointed, cells, shared, card }: HoverCardProps) {
  const now = useSignal(hover);
  const cell = now && !now.remote ? pointedCell(plot, cells, now.left, now.top) : undefined;
  useEffect(() => pointed.set(cell?.count), [pointed, cell]);
  if (!now || (now.remote && !shared)) {
    return null;
  }
  const box = plot.over.getBoundingClientRect();
  return <>{card({ hover: now, at: { x: box.left + now.left, y: box.top + now.top } })}</>;
}

function pointedCell(plot: uPlot, cells: readonly HeatmapCell[], left: number, top: number): HeatmapCell | undefined {
  return cellAt(cells, plot.posToVal(left, 'x'), plot.posToVal(top, 'y'));
}

const MAX_LINES = 40;

function HeatmapCard(props: SurfaceProps & { readonly plot: uPlot; readonly now: Pinned; readonly pinned: boolean; readonly onClose: () => void }) {
  const { plot, now, pinned, onClose, cells, heatmap, options, palette, counts, timeZone, formatCount, onAnnotate } = props;
  const x = plot.posToVal(now.hover.left, 'x');
  const cell = pointedCell(plot, cells, now.hover.left, now.hover.top);
  const column = options.tooltip.mode === 'multi' ? cells.filter((entry) => entry.x0 <= x && x < entry.x1).sort((a, b) => b.y0 - a.y0) : cell ? [cell] : [];
  const [first] = column;
  if (!first) {
    return null;
  }
  const lines = column.slice(0, MAX_LINES).map((entry) => ({
    key: String(entry.y0),
    name: bucketText(heatmap, entry, (value) => formatUnitText(value, options.yAxis.unit ?? heatmap.unit, options.yAxis.decimals)),
    color: palette[colorIndex(entry.count, counts.min, counts.max, palette.length)],
    text: formatCount(entry.count),
    strong: options.tooltip.mode === 'multi' && entry === cell,
  }));
  return (
    <PlotTooltip at={now.at} pinned={pinned} onClose={onClose} maxWidth={options.tooltip.maxWidth} maxHeight={options.tooltip.maxHeight}>
      <div className="plot-tooltip-head">
        {formatMoment(first.x0, timeZone, true)} to {formatMoment(first.x1, timeZone, true)}
      </div>
      <TooltipLines lines={lines} />
      {column.length > MAX_LINES && <div className="plot-tooltip-rest">and {column.length - MAX_LINES} more</div>}
      {pinned && onAnnotate && (
        <button type="button" className="plot-tooltip-action" onClick={() => onAnnotate({ fromMs: Math.round(x), toMs: Math.round(x) })}>
          Add annotation
        </button>
      )}
    </PlotTooltip>
  );
}

/** The bounds of a cell's bucket, or its name. */
function bucketText({ axis }: Heatmap, cell: HeatmapCell, format: (value: number) => string): string {
  if (axis.kind !== 'ordinal') {
    return `${format(cell.y0)} to ${format(cell.y1)}`;
  }
  return axis.centered ? (axis.names[cell.y0] ?? '') : `${axis.names[cell.y0] ?? ''} to ${axis.names[cell.y1] ?? ''}`;
}
