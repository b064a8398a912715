import { Anchor, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useHref } from '../../../../app/urlState';
import { Empty } from '../../../../components/states';
import type { Trace } from '../../../../lib/trace';
import { readTraceFrame } from '../../../../lib/traceFrame';
import { formatUnitText } from '../../../../lib/units/format';
import { waterfallRows } from '../../../../lib/waterfall';
import { SpanDetail } from '../../../traces/SpanDetail';
import { Waterfall } from '../../../traces/Waterfall';
import type { PanelProps } from '../panel';
import './traces.css';

/** One trace as a waterfall, with the span that is chosen. */
export default function TracesPanel({ data, width, height }: PanelProps) {
  const frame = data.frames.find((entry) => entry.meta?.visualisation === 'trace') ?? data.frames[0];
  const read = useMemo(() => (frame === undefined ? undefined : readTraceFrame(frame)), [frame]);
  if (read === undefined || read.kind === 'unreadable') {
    return <Empty>{read?.message ?? 'There is no trace in this answer.'}</Empty>;
  }
  if (read.trace.spans.length === 0) {
    return <Empty>The trace {read.trace.traceId} has no spans.</Empty>;
  }
  return <TraceView key={read.trace.traceId} trace={read.trace} others={read.others} width={width} height={height} />;
}

const WIDE_PX = 800;

function TraceView({ trace, others, width, height }: { trace: Trace; others: number; width: number; height: number }) {
  const href = useHref();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const rows = useMemo(() => waterfallRows(trace, collapsed), [trace, collapsed]);
  const span = trace.spans.find((entry) => entry.spanId === selected);
  return (
    <div className={`trace-panel${width >= WIDE_PX ? ' wide' : ''}`} style={{ height }}>
      <Text size="xs" c="dimmed">
        {/^[0-9a-f]{1,64}$/i.test(trace.traceId) ? (
          <Anchor component={Link} href={href(`/explore/traces/${trace.traceId}`)} inherit className="mono">
            {trace.traceId}
          </Anchor>
        ) : (
          trace.traceId.slice(0, 100)
        )}
        , {trace.spans.length} {trace.spans.length === 1 ? 'span' : 'spans'}, {formatUnitText(trace.durationMs, 'ms')}
        {others > 0 && `; ${others} more ${others === 1 ? 'trace is' : 'traces are'} in this answer and not shown`}
      </Text>
      <div className="trace-parts">
        <Waterfall
          rows={rows}
          durationMs={trace.durationMs}
          selected={selected}
          collapsed={collapsed}
          onSelect={(spanId) => setSelected(spanId === selected ? undefined : spanId)}
          onToggle={(key) => {
            const next = new Set(collapsed);
            if (!next.delete(key)) next.add(key);
            setCollapsed(next);
          }}
        />
        {span && (
          <aside className="trace-span card" aria-label="Span">
            <SpanDetail span={span} trace={trace} />
          </aside>
        )}
      </div>
    </div>
  );
}
