import './plot.css';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface PlotTooltipProps {
  /** Where it belongs, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  /** Stays, can be pointed into, and is closed by its button or by Escape. */
  readonly pinned?: boolean;
  readonly onClose?: (() => void) | undefined;
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  readonly children: ReactNode;
}

const OFFSET = 12;
const EDGE = 4;

/** A card beside the pointer, above everything else and always inside the window. */
export function PlotTooltip({ at, pinned = false, onClose, maxWidth, maxHeight, children }: PlotTooltipProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box) {
      return;
    }
    const right = at.x + OFFSET + box.width > window.innerWidth - EDGE ? at.x - OFFSET - box.width : at.x + OFFSET;
    const below = at.y + OFFSET + box.height > window.innerHeight - EDGE ? at.y - OFFSET - box.height : at.y + OFFSET;
    const next = { left: Math.max(EDGE, Math.min(right, window.innerWidth - box.width - EDGE)), top: Math.max(EDGE, below) };
    setPlace((before) => (before?.left === next.left && before.top === next.top ? before : next));
  }, [at.x, at.y, children]);
  return createPortal(
    <div
      ref={ref}
      className={pinned ? 'plot-tooltip pinned' : 'plot-tooltip'}
      role={pinned ? 'dialog' : 'tooltip'}
      aria-label={pinned ? 'Values at this point' : undefined}
      style={{ left: place?.left ?? at.x, top: place?.top ?? at.y, visibility: place ? 'visible' : 'hidden', maxWidth: maxWidth ?? 480, maxHeight: Math.min(maxHeight ?? 600, window.innerHeight - 2 * EDGE) }}
      onKeyDown={(event) => event.key === 'Escape' && onClose?.()}
    >
      {pinned && (
        <button type="button" className="plot-tooltip-close" aria-label="Close" onClick={onClose}>
          ×
        </button>
      )}
      {children}
    </div>,
    document.body,
  );
}

export interface TooltipLine {
  readonly key: string;
  readonly name: string;
  readonly color: string | undefined;
  readonly text: string;
  readonly strong?: boolean;
}

/** Names and values below one another. */
export function TooltipLines({ lines }: { lines: readonly TooltipLine[] }) {
  return (
    <div className="plot-tooltip-lines">
      {lines.map((line) => (
        <div key={line.key} className={line.strong ? 'plot-tooltip-line strong' : 'plot-tooltip-line'}>
          {line.color !== undefined && <span className="swatch" style={{ background: line.color }} />}
          <span className="plot-tooltip-name">{line.name}</span>
          <span className="plot-tooltip-value">{line.text}</span>
        </div>
      ))}
    </div>
  );
}
