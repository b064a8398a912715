import { Stack, Table, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import '../alertingRules.css';
import type { BacktestAlert, BacktestResult } from '../../../api/ruler';
import { AlertTimeline } from '../../../components/AlertTimeline';
import { LabelList } from '../../../components/LabelList';
import { Failure } from '../../../components/states';
import { count, formatSample, formatSeconds } from '../../../lib/alerting/figures';
import { linesOfEpisodes } from '../../../lib/alerting/firing';
import { formatDateTime } from '../../../lib/time';

/** What a backtest of one rule found: in sum, as a timeline, and alert by alert. */
export function BacktestReport({ result }: { result: BacktestResult }) {
  const range = { fromMs: result.startMs, toMs: result.endMs };
  const lines = useMemo(() => linesOfEpisodes(result.alerts, { fromMs: result.startMs, toMs: result.endMs }), [result]);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {summary(result)} <Quiet>{count(result.evaluations, 'evaluation')} every {result.interval}, {formatDateTime(result.startMs)} to {formatDateTime(result.endMs)}.</Quiet>
      </Text>
      {result.failedEvaluations > 0 && <Failure message={`${count(result.failedEvaluations, 'evaluation')} failed and were left out: ${result.failure ?? 'no reason is known'}`} />}
      <AlertTimeline lines={lines} range={range} empty="Nothing would have fired." />
      {result.alerts.length > 0 && <AlertTable alerts={result.alerts} />}
      {result.truncated && <Quiet>There were more alerts than are told one by one; the sums count all.</Quiet>}
    </Stack>
  );
}

function summary(result: BacktestResult): string {
  if (result.fired === 0) {
    return result.pendingOnly === 0 ? 'It would never have fired.' : `It would never have fired; ${count(result.pendingOnly, 'alert was', 'alerts were')} pending and went away.`;
  }
  const flaps = result.flaps === 0 ? 'no flaps' : count(result.flaps, 'flap');
  return `It would have fired ${result.fired === 1 ? 'once' : `${result.fired} times`}, with something firing for ${formatSeconds(result.anyFiringSeconds)} in all, at most ${count(result.alertsMax, 'alert')} at once, ${flaps}.`;
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <Text span size="xs" c="dimmed">
      {children}
    </Text>
  );
}

const ROWS_MAX = 100;

function AlertTable({ alerts }: { alerts: readonly BacktestAlert[] }) {
  return (
    <div className="table-scroll">
      <Table verticalSpacing={4} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Labels</Table.Th>
            <Table.Th>Pending</Table.Th>
            <Table.Th>Firing</Table.Th>
            <Table.Th>Over</Table.Th>
            <Table.Th className="numeric">Fired for</Table.Th>
            <Table.Th className="numeric">Values</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {alerts.slice(0, ROWS_MAX).map((alert, index) => (
            <Table.Tr key={index} style={{ verticalAlign: 'top' }}>
              <Table.Td style={{ minWidth: 180 }}>
                <LabelList labels={alert.labels} without={['alertname']} />
                {Object.entries(alert.annotations).map(([name, text]) => (
                  <Text key={name} size="xs" c="dimmed" className="wrap-anywhere">
                    {name}: {text}
                  </Text>
                ))}
              </Table.Td>
              <Time name="Pending" ms={alert.pendingMs} />
              <Time name="Firing" ms={alert.firingMs} />
              <Time name="Over" ms={alert.resolvedMs} />
              <Table.Td className="numeric" data-name="Fired for">
                {alert.firingMs === undefined ? '–' : formatSeconds(alert.firingSeconds)}
              </Table.Td>
              <Table.Td className="numeric" data-name="Values" title={`first ${alert.firstValue}`}>
                {formatSample(alert.leastValue)}
                {alert.leastValue !== alert.mostValue && ` to ${formatSample(alert.mostValue)}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {alerts.length > ROWS_MAX && <Quiet>and {count(alerts.length - ROWS_MAX, 'more')}</Quiet>}
    </div>
  );
}

function Time({ name, ms }: { name: string; ms: number | undefined }) {
  return (
    <Table.Td data-name={name} style={{ whiteSpace: 'nowrap' }}>
      {ms === undefined ? '–' : formatDateTime(ms)}
    </Table.Td>
  );
}
