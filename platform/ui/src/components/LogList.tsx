import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { logLevel, messageOf, splitHighlights, type Highlight, type LogLevel, type LogLine } from '../lib/logs';
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
  readonly showTime?: boolean;
  /** The whole time of a line where the clock of the browser is not meant. */
  readonly timeText?: (line: LogLine) => string;
  /** The text of a line instead of the line or its message. */
  readonly lineText?: (line: LogLine) => string;
  /** Before the text of each line. */
  readonly before?: (line: LogLine) => ReactNode;
  /** Whether a line opens. */
  readonly details?: boolean;
  /** Called when the last line comes into sight. */
  readonly onEnd?: (() => void) | undefined;
}

const ROW_PX = 24;
const NONE: readonly Highlight[] = [];

/** Lines in the order that they are given; only those in sight are in the document. A line opens to its fields. */
export function LogList(props: LogListProps) {
  const { lines, height, wrap = false, messages = true, highlights = NONE, fieldActions, showTime = true, timeText, lineText, before, details = true, onEnd } = props;
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
  const items = virtualizer.getVirtualItems();
  const atEnd = lines.length > 0 && (items.at(-1)?.index ?? 0) >= lines.length - 1;
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, lines.length, onEnd]);
  return (
    <div ref={scroller} className={`log-list${wrap ? ' wrapped' : ''}`} style={height === 'fill' ? { flex: 1, minHeight: 0 } : { height }} tabIndex={0} role="region" aria-label="Log lines">
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          const expanded = details && open.has(line.key);
          const level = logLevel(line);
          return (
            <div key={item.key} data-index={item.index} ref={virtualizer.measureElement} style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}>
              <LogRow level={level} expanded={details ? expanded : undefined} onToggle={() => toggle(line.key)}>
                {showTime && (
                  <span className="log-time" title={formatDateTime(line.timeMs)}>
                    {timeText?.(line) ?? formatClockMs(line.timeMs)}
                  </span>
                )}
                {before?.(line)}
                {level !== 'unknown' && <span className="unseen">{level}</span>}
                <span className="log-text">
                  <Marked text={lineText?.(line) ?? (expanded || !messages ? line.line : messageOf(line))} highlights={highlights} />
                </span>
              </LogRow>
              {expanded && <LogDetail line={line} actions={fieldActions} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A line as a button, or as mere text where it does not open. */
function LogRow({ level, expanded, onToggle, children }: { level: LogLevel; expanded: boolean | undefined; onToggle: () => void; children: ReactNode }) {
  const title = level === 'unknown' ? undefined : `level ${level}`;
  return expanded === undefined ? (
    <div className={`log-row fixed level-${level}`} title={title}>
      {children}
    </div>
  ) : (
    <button type="button" className={`log-row level-${level}`} title={title} aria-expanded={expanded} onClick={onToggle}>
      {children}
    </button>
  );
}

function Marked({ text, highlights }: { text: string; highlights: readonly Highlight[] }) {
  return highlights.length === 0 ? text : splitHighlights(text, highlights).map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece));
}
