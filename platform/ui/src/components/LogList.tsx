import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type ReactNode } from 'react';
import { logLevel, messageOf, splitHighlights, type Highlight, type LogLine } from '../lib/logs';
import { formatClockMs, formatDateTime } from '../lib/time';
import { LogDetail } from './LogDetail';

interface LogListProps {
  readonly lines: readonly LogLine[];
  readonly height: number | string;
  readonly wrap?: boolean;
  /** Shows a JSON line by its message. */
  readonly messages?: boolean;
  /** What is marked in the lines. */
  readonly highlights?: readonly Highlight[];
  /** What can be done with a field of the open line. */
  readonly fieldActions?: (kind: 'label' | 'field', name: string, value: string) => ReactNode;
}

const ROW_PX = 22;
const NONE: readonly Highlight[] = [];

/** Lines newest first; only those in sight are in the document. A line opens to its fields. */
export function LogList({ lines, height, wrap = false, messages = true, highlights = NONE, fieldActions }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (index) => lines[index]?.key ?? index,
  });
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div ref={scroller} className={`log-list${wrap ? ' wrapped' : ''}`} style={height === 'fill' ? { flex: 1, minHeight: 0 } : { height }} tabIndex={0} role="region" aria-label="Log lines">
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          const expanded = open.has(line.key);
          const level = logLevel(line);
          return (
            <div key={item.key} data-index={item.index} ref={virtualizer.measureElement} style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}>
              <button type="button" className={`log-row level-${level}`} title={level === 'unknown' ? undefined : `level ${level}`} aria-expanded={expanded} onClick={() => toggle(line.key)}>
                <span className="log-time" title={formatDateTime(line.timeMs)}>
                  {formatClockMs(line.timeMs)}
                </span>
                {level !== 'unknown' && <span className="unseen">{level}</span>}
                <span className="log-text">
                  <Marked text={expanded || !messages ? line.line : messageOf(line)} highlights={highlights} />
                </span>
              </button>
              {expanded && <LogDetail line={line} actions={fieldActions} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Marked({ text, highlights }: { text: string; highlights: readonly Highlight[] }) {
  return highlights.length === 0 ? text : splitHighlights(text, highlights).map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece));
}
