import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import './virtualRows.css';

interface VirtualRowsProps {
  readonly count: number;
  /** What a row is likely to be high, in pixels; it is measured once it is seen. */
  readonly rowHeight: number;
  readonly keyOf: (index: number) => string;
  readonly render: (index: number) => ReactNode;
  readonly label: string;
}

/** Any number of rows, of which only those in sight are in the document. Arrow keys, Home and End go from row to row. */
export function VirtualRows({ count, rowHeight, keyOf, render, label }: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: keyOf,
  });
  const focus = (index: number) => {
    virtualizer.scrollToIndex(index);
    // The row may have to be drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button)`)?.focus()));
  };
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = event.target instanceof HTMLElement ? Number(event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
    if (next === undefined || count === 0) return;
    event.preventDefault();
    focus(Math.max(0, Math.min(count - 1, next)));
  };
  return (
    <div ref={scroller} className="virtual-rows" role="region" aria-label={label} tabIndex={0} onKeyDown={move}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div key={item.key} data-index={item.index} ref={virtualizer.measureElement} className="virtual-row" style={{ transform: `translateY(${item.start}px)` }}>
            {render(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
