import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent } from 'react';
import { nameColor } from '../../components/palette';
import { formatValue } from '../../lib/units/format';
import { waterfallTicks, type WaterfallRow } from '../../lib/waterfall';

interface WaterfallProps {
  readonly rows: readonly WaterfallRow[];
  readonly durationMs: number;
  readonly selected: string | undefined;
  readonly collapsed: ReadonlySet<string>;
  readonly onSelect: (spanId: string) => void;
  readonly onToggle: (key: string) => void;
}

const ROW_PX = 26;
const INDENT_PX = 12;
const MAX_INDENT_PX = 144;

/** Spans under their parents, bars on one time axis. Arrow keys move, Enter opens a span, left and right fold. */
export function Waterfall({ rows, durationMs, selected, collapsed, onSelect, onToggle }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 10 });
  const onKey = (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(rows.length - 1, Math.max(0, index + step));
      virtualizer.scrollToIndex(next);
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
    } else if (row && row.childCount > 0 && event.key === (collapsed.has(row.key) ? 'ArrowRight' : 'ArrowLeft')) {
      onToggle(row.key);
    } else if (row && event.key === 'Enter') {
      onSelect(row.span.spanId);
    }
  };
  return (
    <div className="card" style={{ flex: 1, minWidth: 0 }}>
      <div className="wf-axis">
        <div className="wf-name" />
        <div className="wf-track" style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
          {waterfallTicks(durationMs, 4).map((tick, i) => (
            <span key={i}>{formatValue(tick, 'ms')}</span>
          ))}
        </div>
      </div>
      <div ref={scroller} className="waterfall" style={{ height: `min(${rows.length * ROW_PX + 4}px, calc(100dvh - 215px))` }} role="tree" aria-label="Spans">
        <div role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <Bar
                  key={row.key}
                  row={row}
                  index={item.index}
                  top={item.start}
                  selected={row.span.spanId === selected}
                  folded={collapsed.has(row.key)}
                  onSelect={() => onSelect(row.span.spanId)}
                  onToggle={() => onToggle(row.key)}
                  onKey={(event) => onKey(event, item.index)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface BarProps {
  readonly row: WaterfallRow;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly folded: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

function Bar({ row, index, top, selected, folded, onSelect, onToggle, onKey }: BarProps) {
  const { span } = row;
  const duration = formatValue(span.durationMs, 'ms');
  const marks = [span.error && 'failed', row.orphan && 'parent not received', row.duplicate && 'id used twice'].filter(Boolean).join(', ');
  const place = row.left + row.width < 0.75 ? 'after' : row.left > 0.2 ? 'before' : 'inside';
  return (
    <div
      className="wf-row"
      style={{ top }}
      role="treeitem"
      data-row={index}
      tabIndex={selected || index === 0 ? 0 : -1}
      aria-level={row.depth + 1}
      aria-selected={selected}
      {...(row.childCount > 0 ? { 'aria-expanded': !folded } : {})}
      aria-label={`${span.service}, ${span.name}, ${duration}${marks === '' ? '' : `, ${marks}`}`}
      onClick={onSelect}
      onKeyDown={onKey}
    >
      <div className="wf-name" style={{ paddingLeft: Math.min(MAX_INDENT_PX, row.depth * INDENT_PX) }} title={`${span.service} ${span.name}`}>
        {row.childCount > 0 ? (
          <button
            type="button"
            className="wf-toggle"
            tabIndex={-1}
            aria-label={folded ? 'Unfold' : 'Fold'}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            {folded ? '▶' : '▼'}
          </button>
        ) : (
          <span className="wf-toggle" />
        )}
        <span className="swatch" style={{ background: nameColor(span.service) }} />
        <span className="wf-label">
          {span.name}
          {marks !== '' && <span style={{ color: 'var(--mantine-color-red-text)' }}> {marks}</span>}
        </span>
      </div>
      <div className="wf-track">
        <div className="wf-bar" style={{ left: `${row.left * 100}%`, width: `${row.width * 100}%`, background: span.error ? 'var(--mantine-color-red-6)' : nameColor(span.service) }} />
        <span
          className={`wf-duration ${place}`}
          style={place === 'before' ? { right: `${(1 - row.left) * 100}%` } : { left: `${(place === 'after' ? row.left + row.width : row.left) * 100}%` }}
        >
          {duration}
        </span>
      </div>
    </div>
  );
}
