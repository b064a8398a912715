import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { queryLogs, type LogResult } from '../../api/loki';
import { useTime } from '../../app/time';
import { useData } from '../../app/useData';
import { Chart } from '../../components/Chart';
import { Icon } from '../../components/Icon';
import { LogList } from '../../components/LogList';
import { paletteColor } from '../../components/palette';
import { Empty, Failure, Loaded } from '../../components/states';
import { alignRange, queryInterval } from '../../lib/interval';
import { formatSeries } from '../../lib/labels';
import { matchersOf, mergeLogLines, toLogLines, withFieldFilter, withMatcher, type LogLine } from '../../lib/logs';
import { describeRange } from '../../lib/time';
import { useFollow } from './useFollow';

interface LogResultsProps {
  readonly query: string;
  readonly limit: number;
  readonly live: boolean;
  readonly wrap: boolean;
  /** Changes the query that the user wrote, without the search. */
  readonly onQuery: (change: (query: string) => string) => void;
  readonly more: ReactNode;
}

export function LogResults(props: LogResultsProps) {
  if (matchersOf(props.query).length === 0) {
    return (
      <div className="card">
        <Empty>Choose a label above, such as service_name, to say whose lines you want to see.</Empty>
      </div>
    );
  }
  return props.live ? <Following key={props.query} {...props} /> : <Searched {...props} />;
}

function Searched(props: LogResultsProps) {
  const { absolute, range } = useTime();
  const interval = queryInterval({ range: absolute, maxDataPoints: 800 });
  const asked = isMetric(props.query) ? alignRange(absolute, interval.stepMs) : absolute;
  const result = useData(['logs', props.query, props.limit, range.from, range.to], (access, signal) =>
    queryLogs(access, { query: props.query, range: asked, limit: props.limit, stepMs: isMetric(props.query) ? interval.stepMs : undefined }, signal),
  );
  return (
    <Loaded data={result} height={200}>
      {(value) => <Result {...props} result={value} period={describeRange(range).toLowerCase()} />}
    </Loaded>
  );
}

function isMetric(query: string): boolean {
  return /^\s*[a-z_]+\s*(\(|by\b|without\b)/.test(query);
}

function Result(props: LogResultsProps & { result: LogResult; period: string }) {
  const { result, limit } = props;
  const lines = useMemo(() => (result.kind === 'streams' ? mergeLogLines([], toLogLines(result.streams), limit) : []), [result, limit]);
  if (result.kind === 'matrix') {
    const { grid, series } = result.frame;
    return (
      <div className="card" style={{ padding: 8 }}>
        <Chart series={series.map((entry, i) => ({ name: formatSeries(entry.labels), color: paletteColor(i), grid, values: entry.values }))} label={props.query} height={320} />
      </div>
    );
  }
  return (
    <Lines {...props} lines={lines}>
      <Text size="xs" c="dimmed">
        {lines.length} lines, newest first
      </Text>
      {lines.length >= limit && props.more}
    </Lines>
  );
}

function Following(props: LogResultsProps) {
  const { lines, failure } = useFollow(props.query, props.limit);
  return (
    <>
      {failure !== undefined && <Failure message={failure} />}
      <Lines {...props} lines={lines} period="since you began to follow and just before">
        <Text size="xs" c="dimmed" role="status">
          Following: {lines.length} lines
        </Text>
      </Lines>
    </>
  );
}

function Lines(props: LogResultsProps & { lines: readonly LogLine[]; period: string; children: ReactNode }) {
  const { onQuery, lines } = props;
  return (
    <div className="card" data-lines={lines.length}>
      <Group gap="sm" px="sm" py={6} justify="space-between">
        {props.children}
      </Group>
      {lines.length === 0 ? (
        <Empty>No line matches ({props.period}).</Empty>
      ) : (
        <LogList
          lines={lines}
          height="max(320px, calc(100dvh - 330px))"
          wrap={props.wrap}
          fieldActions={(kind, name, value) => (
            <span style={{ whiteSpace: 'nowrap' }}>
              <FieldAction label={`Only lines where ${name} is this`} icon="plus" onClick={() => onQuery((query) => (kind === 'label' ? withMatcher(query, name, '=', value) : withFieldFilter(query, name, '=', value)))} />
              <FieldAction label={`Without lines where ${name} is this`} icon="minus" onClick={() => onQuery((query) => (kind === 'label' ? withMatcher(query, name, '!=', value) : withFieldFilter(query, name, '!=', value)))} />
            </span>
          )}
        />
      )}
    </div>
  );
}

function FieldAction({ label, icon, onClick }: { label: string; icon: 'plus' | 'minus'; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={16} variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon name={icon} size={11} />
      </ActionIcon>
    </Tooltip>
  );
}
