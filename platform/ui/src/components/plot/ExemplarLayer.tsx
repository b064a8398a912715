import { useState } from 'react';
import type uPlot from 'uplot';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import type { ExemplarMark } from '../../lib/plot/exemplars';
import { formatMoment } from '../../lib/plot/zonedTime';
import { PlotTooltip, TooltipLines } from './PlotTooltip';

interface ExemplarLayerProps {
  readonly plot: uPlot;
  readonly scale: string;
  readonly marks: readonly ExemplarMark[];
  /** Where a mark stands on the scale; its value without this. */
  readonly placeOf?: ((mark: ExemplarMark) => number) | undefined;
  readonly color?: string | undefined;
  readonly timeZone: string | undefined;
  readonly format: (value: number) => string;
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** Exemplars as marks over a chart; a card beside the one that is pointed at or opened leads to its trace. */
export function ExemplarLayer({ plot, scale, marks, placeOf, color, timeZone, format, box }: ExemplarLayerProps) {
  const [open, setOpen] = useState<{ mark: ExemplarMark; x: number; y: number; pinned: boolean } | undefined>(undefined);
  const href = useHref();
  return (
    <div className="plot-exemplars" style={{ left: box.left, top: box.top, width: box.width, height: box.height }}>
      {marks.map((mark, at) => {
        const left = plot.valToPos(mark.timeMs, 'x');
        const top = Math.min(box.height, Math.max(0, plot.valToPos(placeOf?.(mark) ?? mark.value, scale)));
        if (left < 0 || left > box.width || !Number.isFinite(top)) {
          return null;
        }
        const show = (element: Element, pinned: boolean) => {
          const bounds = element.getBoundingClientRect();
          setOpen({ mark, x: bounds.right, y: bounds.bottom, pinned });
        };
        return (
          <button
            key={at}
            type="button"
            className="plot-exemplar"
            style={color === undefined ? { left, top } : { left, top, color }}
            aria-label={`Exemplar ${format(mark.value)}, ${formatMoment(mark.timeMs, timeZone)}`}
            onPointerEnter={(event) => !open?.pinned && event.pointerType === 'mouse' && show(event.currentTarget, false)}
            onPointerLeave={() => !open?.pinned && setOpen(undefined)}
            onClick={(event) => show(event.currentTarget, true)}
          />
        );
      })}
      {open && (
        <PlotTooltip at={open} pinned={open.pinned} onClose={() => setOpen(undefined)}>
          <div className="plot-tooltip-head">Exemplar, {formatMoment(open.mark.timeMs, timeZone, true)}</div>
          <TooltipLines lines={[{ key: 'value', name: 'Value', color: undefined, text: format(open.mark.value) }, ...open.mark.labels.map(([name, text], at) => ({ key: String(at), name, color: undefined, text }))]} />
          {open.mark.traceId !== undefined && (open.pinned ? <Link href={href(`/explore/traces/${open.mark.traceId}`)}>Open the trace</Link> : <div className="plot-tooltip-rest">A click keeps this card open</div>)}
        </PlotTooltip>
      )}
    </div>
  );
}
