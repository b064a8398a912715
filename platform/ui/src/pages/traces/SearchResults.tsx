import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { searchTraces, type TraceSummary } from '../../api/tempo';
import { useTime } from '../../app/time';
import { useHref } from '../../app/urlState';
import { useData } from '../../app/useData';
import { nameColor } from '../../components/palette';
import { Empty, Loaded } from '../../components/states';
import { describeRange, formatDateTime } from '../../lib/time';
import { formatValue } from '../../lib/units/format';
import { toTraceSearch, type SearchFields } from './search';

export function SearchResults({ search }: { search: SearchFields }) {
  const { absolute, range } = useTime();
  const result = useData(['traces', search, range.from, range.to], (access, signal) => searchTraces(access, toTraceSearch(search, absolute), signal));
  return (
    <div className="card table-scroll">
      <Loaded data={result} height={160}>
        {(traces) => (traces.length === 0 ? <Empty>No trace matches ({describeRange(range).toLowerCase()}).</Empty> : <TraceTable traces={traces} />)}
      </Loaded>
    </div>
  );
}

function TraceTable({ traces }: { traces: readonly TraceSummary[] }) {
  const href = useHref();
  const longest = Math.max(...traces.map((trace) => trace.durationMs), 1);
  return (
    <Table verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Trace</Table.Th>
          <Table.Th className="numeric" style={{ width: '30%' }}>
            Duration
          </Table.Th>
          <Table.Th className="numeric" visibleFrom="sm">
            Spans
          </Table.Th>
          <Table.Th className="numeric" visibleFrom="xs">
            Start
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {traces.map((trace) => (
          <Table.Tr key={trace.traceId}>
            <Table.Td className="wrap-anywhere">
              <Anchor component={Link} href={href(`/explore/traces/${trace.traceId}`)} size="sm">
                {trace.rootName === '' ? `${trace.traceId.slice(0, 16)}… (root span not received)` : trace.rootName}
              </Anchor>
              {(trace.errorCount ?? 0) > 0 && (
                <Badge color="red" variant="light" size="xs" ml={6}>
                  {trace.errorCount} {trace.errorCount === 1 ? 'error' : 'errors'}
                </Badge>
              )}
              <Text size="xs" c="dimmed">
                {trace.services.length > 1 ? trace.services.map((service) => `${service.name} ${service.spans}`).join(' · ') : trace.rootService}
                <Text span hiddenFrom="xs">
                  {' '}
                  · {formatDateTime(trace.startMs).slice(11)}
                </Text>
              </Text>
            </Table.Td>
            <Table.Td className="numeric">
              {trace.durationMs === 0 ? '< 1 ms' : formatValue(trace.durationMs, 'ms')}
              <div style={{ display: 'flex' }}>
                <div style={{ height: 4, borderRadius: 2, width: `${Math.max(1, (trace.durationMs / longest) * 100)}%`, background: nameColor(trace.rootService) }} />
              </div>
            </Table.Td>
            <Table.Td className="numeric" visibleFrom="sm">
              {trace.spanCount ?? (trace.matchedSpans === undefined ? '–' : `${trace.matchedSpans} match`)}
            </Table.Td>
            <Table.Td className="numeric" visibleFrom="xs">
              {formatDateTime(trace.startMs)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
