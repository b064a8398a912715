import { Badge, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { trace as loadTrace } from '../../api/tempo';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { nameColor } from '../../components/palette';
import { Empty, Failure, Loaded } from '../../components/states';
import { formatDateTime } from '../../lib/time';
import type { Trace } from '../../lib/trace';
import { formatValue } from '../../lib/units/format';
import { servicesOf, waterfallRows } from '../../lib/waterfall';
import { SpanDetail } from './SpanDetail';
import { Waterfall } from './Waterfall';

/** One trace as a waterfall, with the details of the span that is chosen. */
export default function TracePage({ traceId }: { traceId: string }) {
  const loaded = useData(['trace', traceId], (access, signal) => loadTrace(access, traceId, signal), { refreshes: false });
  if (loaded.kind === 'failed' && loaded.status === 404) {
    return (
      <>
        <PageTitle title="Trace" />
        <Failure message={`There is no trace ${traceId}. It may not have arrived yet, or its retention has ended.`} />
      </>
    );
  }
  return <Loaded data={loaded}>{(trace) => (trace.spans.length === 0 ? <Empty>The trace {traceId} has no spans.</Empty> : <TraceView trace={trace} />)}</Loaded>;
}

function TraceView({ trace }: { trace: Trace }) {
  const { params, patch } = useUrlState();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const narrow = useMediaQuery('(max-width: 62em)') ?? false;
  const rows = useMemo(() => waterfallRows(trace, collapsed), [trace, collapsed]);
  const services = servicesOf(trace);
  const root = rows[0]?.span;
  const selected = trace.spans.find((span) => span.spanId === params.get('span'));
  const select = (spanId: string | undefined) => patch({ span: spanId }, 'replace');
  const detail = selected && <SpanDetail span={selected} trace={trace} />;
  return (
    <Stack gap="sm">
      <PageTitle title={root ? `${root.service}: ${root.name}` : trace.traceId} />
      <Group gap="md">
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          <span className="mono">{trace.traceId}</span> · {formatDateTime(trace.startMs)} · {formatValue(trace.durationMs, 'ms')} · {trace.spans.length}{' '}
          {trace.spans.length === 1 ? 'span' : 'spans'}
        </Text>
        <Group gap={4}>
          {services.map((entry) => (
            <Badge key={entry.service} variant="light" color={entry.errors > 0 ? 'red' : 'gray'} tt="none" radius="sm" leftSection={<span className="swatch" style={{ background: nameColor(entry.service) }} />}>
              {entry.service} {entry.spans}
              {entry.errors > 0 && `, ${entry.errors} failed`}
            </Badge>
          ))}
        </Group>
      </Group>
      <div style={{ display: 'flex', gap: 12, alignItems: 'flex-start' }}>
        <Waterfall
          rows={rows}
          durationMs={trace.durationMs}
          selected={selected?.spanId}
          collapsed={collapsed}
          onSelect={(spanId) => select(spanId === selected?.spanId ? undefined : spanId)}
          onToggle={(key) => {
            const next = new Set(collapsed);
            if (!next.delete(key)) next.add(key);
            setCollapsed(next);
          }}
        />
        {!narrow && selected && (
          <aside className="card" style={{ width: 'min(42%, 460px)', flex: 'none', padding: 12, maxHeight: 'calc(100dvh - 190px)', overflow: 'auto' }} aria-label="Span">
            {detail}
          </aside>
        )}
      </div>
      {narrow && (
        <Drawer opened={selected !== undefined} onClose={() => select(undefined)} position="bottom" size="75%" title="Span" closeButtonProps={{ 'aria-label': 'Close' }}>
          {detail}
        </Drawer>
      )}
    </Stack>
  );
}
