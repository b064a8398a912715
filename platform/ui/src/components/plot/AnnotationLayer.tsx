import { useState, type CSSProperties } from 'react';
import type { Annotation } from '../../pages/dashboards/panels/panel';
import type { AbsoluteRange } from '../../lib/time';
import { withAlpha } from '../../lib/plot/color';
import { formatMoment } from '../../lib/plot/zonedTime';
import { PlotTooltip } from './PlotTooltip';

interface AnnotationLayerProps {
  readonly annotations: readonly Annotation[];
  readonly range: AbsoluteRange;
  readonly timeZone: string | undefined;
  /** The plot inside its box, in pixels. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const MAX_MARKS = 500;

/** Lines and stretches over a chart with a mark below each, which tells what happened. */
export function AnnotationLayer({ annotations, range, timeZone, box }: AnnotationLayerProps) {
  const [open, setOpen] = useState<{ annotation: Annotation; x: number; y: number; pinned: boolean } | undefined>(undefined);
  const place = (ms: number) => ((Math.min(range.toMs, Math.max(range.fromMs, ms)) - range.fromMs) / (range.toMs - range.fromMs)) * box.width;
  const inside = annotations.filter((entry) => entry.timeEndMs >= range.fromMs && entry.timeMs <= range.toMs).slice(0, MAX_MARKS);
  return (
    <div className="plot-annotations" style={{ left: box.left, top: box.top, width: box.width, height: box.height }}>
      {inside.map((annotation, at) => {
        const left = place(annotation.timeMs);
        const width = place(annotation.timeEndMs) - left;
        const show = (element: Element, pinned: boolean) => {
          const bounds = element.getBoundingClientRect();
          setOpen({ annotation, x: bounds.left + bounds.width / 2, y: bounds.bottom, pinned });
        };
        const stretch: CSSProperties = { left, width: Math.max(0, width), color: annotation.color, background: width > 1 ? withAlpha(annotation.color, 0.12) : undefined };
        return (
          <div key={`${annotation.id ?? ''}-${annotation.timeMs}-${at}`}>
            <div className={width > 1 ? 'plot-annotation region' : 'plot-annotation'} style={stretch} />
            <button
              type="button"
              className={width > 1 ? 'plot-annotation-mark region' : 'plot-annotation-mark'}
              style={width > 1 ? { left, width, color: annotation.color } : { left, color: annotation.color }}
              aria-label={`Annotation: ${annotation.title || annotation.text || annotation.source}, ${formatMoment(annotation.timeMs, timeZone)}`}
              onPointerEnter={(event) => !open?.pinned && event.pointerType === 'mouse' && show(event.currentTarget, false)}
              onPointerLeave={() => !open?.pinned && setOpen(undefined)}
              onFocus={(event) => !open?.pinned && show(event.currentTarget, false)}
              onBlur={() => !open?.pinned && setOpen(undefined)}
              onClick={(event) => show(event.currentTarget, true)}
            />
          </div>
        );
      })}
      {open && (
        <PlotTooltip at={open} pinned={open.pinned} onClose={() => setOpen(undefined)} maxWidth={400}>
          <AnnotationCard annotation={open.annotation} timeZone={timeZone} />
        </PlotTooltip>
      )}
    </div>
  );
}

function AnnotationCard({ annotation, timeZone }: { annotation: Annotation; timeZone: string | undefined }) {
  const region = annotation.timeEndMs > annotation.timeMs;
  return (
    <div className="plot-annotation-card">
      <div className="plot-tooltip-head">
        {formatMoment(annotation.timeMs, timeZone)}
        {region && ` to ${formatMoment(annotation.timeEndMs, timeZone)}`}
      </div>
      {annotation.title !== '' && <strong>{annotation.title}</strong>}
      {annotation.text !== '' && <div className="plot-annotation-text">{annotation.text}</div>}
      {annotation.tags.length > 0 && (
        <div className="plot-annotation-tags">
          {annotation.tags.map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </div>
      )}
      <div className="plot-annotation-source">{annotation.source}</div>
    </div>
  );
}
