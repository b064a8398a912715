import { useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import type uPlot from 'uplot';
import { AnnotationLayer } from '../../../../components/plot/AnnotationLayer';
import { DataLinks } from '../../../../components/plot/DataLinks';
import { useSignal } from '../../../../components/plot/hover';
import { PlotTooltip, TooltipLines } from '../../../../components/plot/PlotTooltip';
import { UPlotCanvas } from '../../../../components/plot/UPlotCanvas';
import { usePlot, type Pinned } from '../../../../components/plot/usePlot';
import type { Segment, TimelineRow } from '../../../../lib/plot/timeline';
import { formatMoment } from '../../../../lib/plot/zonedTime';
import { formatUnitText } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { timelinePlotOptions, type TimelineInput } from './timelinePlot';

type SurfaceProps = PanelProps & Pick<TimelineInput, 'rows' | 'options' | 'mode'>;

export function TimelineSurface(props: SurfaceProps) {
  const { panel, data, rows, range, timeZone, width, height, dark, options } = props;
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { drawn, pinned, setPinned, hover, withSurroundings, onPlot } = usePlot(props);
  const plotData = useMemo((): uPlot.AlignedData => [[range.fromMs, range.toMs], [null, null]], [range.fromMs, range.toMs]);
  const card = (at: Pinned, pin: boolean) => drawn && options.tooltip.mode !== 'none' && <StateCard {...props} plot={drawn.plot} now={at} pinned={pin} onClose={() => setPinned(undefined)} />;
  return (
    <div className="plot-surface" style={{ width, height }}>
      <div role="img" aria-label={`${panel.title || 'States'}: ${rows.map((row) => `${row.name} ${row.segments.at(-1)?.text ?? 'unknown'}`).slice(0, 10).join(', ')}`}>
        <UPlotCanvas shape={`${dark} ${timeZone}`} options={() => withSurroundings(timelinePlotOptions(() => latest.current))} data={plotData} width={width} height={height} drawn={rows} onPlot={onPlot} />
      </div>
      {drawn && data.annotations.length > 0 && <AnnotationLayer annotations={data.annotations} range={range} timeZone={timeZone} box={drawn.box} />}
      {drawn && !pinned && <HoverCard hover={hover} plot={drawn.plot} shared={props.sync.mode === 2} card={(at) => card(at, false)} />}
      {pinned && card(pinned, true)}
    </div>
  );
}

function HoverCard({ hover, plot, shared, card }: { hover: ReturnType<typeof usePlot>['hover']; plot: uPlot; shared: boolean; card: (at: Pinned) => ReactNode }) {
  const now = useSignal(hover);
  if (!now || (now.remote && !shared)) {
    return null;
  }
  const box = plot.over.getBoundingClientRect();
  return <>{card({ hover: now, at: { x: box.left + now.left, y: box.top + now.top } })}</>;
}

function segmentAt(row: TimelineRow | undefined, ms: number): Segment | undefined {
  return row?.segments.find((segment) => segment.fromMs <= ms && ms < segment.toMs);
}

/** The state under the pointer, how long it lasted, and those of the other rows where more are wanted. */
function StateCard({ plot, now, pinned, onClose, rows, options, timeZone, scope, onAnnotate, mode }: SurfaceProps & { readonly plot: uPlot; readonly now: Pinned; readonly pinned: boolean; readonly onClose: () => void }) {
  const ms = plot.posToVal(now.hover.left, 'x');
  const pointed = rows[Math.floor(plot.posToVal(now.hover.top, 'y'))];
  const segment = segmentAt(pointed, ms);
  const shown = options.tooltip.mode === 'multi' ? rows : pointed ? [pointed] : [];
  const lines = shown.flatMap((row, at) => {
    const state = segmentAt(row, ms);
    return state ? [{ key: String(at), name: row.name, color: state.color, text: state.text, strong: options.tooltip.mode === 'multi' && row === pointed }] : [];
  });
  if (lines.length === 0) {
    return null;
  }
  const middle = segment ? (segment.fromMs + segment.toMs) / 2 : ms;
  return (
    <PlotTooltip at={now.at} pinned={pinned} onClose={onClose} maxWidth={options.tooltip.maxWidth} maxHeight={options.tooltip.maxHeight}>
      <div className="plot-tooltip-head">{formatMoment(mode === 'samples' ? middle : ms, timeZone)}</div>
      <TooltipLines lines={lines} />
      {segment && mode === 'changes' && (
        <div className="plot-tooltip-rest">
          {formatMoment(segment.fromMs, timeZone)} to {formatMoment(segment.toMs, timeZone)}, {formatUnitText(segment.toMs - segment.fromMs, 'dtdurationms')}
        </div>
      )}
      {pinned && pointed && <DataLinks field={pointed.field} row={undefined} scope={scope} />}
      {pinned && onAnnotate && (
        <button type="button" className="plot-tooltip-action" onClick={() => onAnnotate({ fromMs: Math.round(ms), toMs: Math.round(ms) })}>
          Add annotation
        </button>
      )}
    </PlotTooltip>
  );
}
