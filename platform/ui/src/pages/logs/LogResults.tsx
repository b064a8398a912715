import { ActionIcon, Anchor, Button, Group, Text, Tooltip } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { queryLogs } from '../../api/loki';
import { useTime } from '../../app/time';
import { useHref } from '../../app/urlState';
import { useData } from '../../app/useData';
import { Icon } from '../../components/Icon';
import { LogList } from '../../components/LogList';
import { Empty, Failure, Loaded } from '../../components/states';
import { highlightsOf, isMetricQuery, matchersOf, mergeLogLines, toLogLines, withFieldFilter, withMatcher, type LogLine, type LogStream } from '../../lib/logs';
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
  if (isMetricQuery(props.query)) {
    return <NoMetricQueries />;
  }
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
  const result = useData(['logs', props.query, props.limit, range.from, range.to], (access, signal) =>
    queryLogs(access, { query: props.query, range: absolute, limit: props.limit }, signal),
  );
  return (
    <Loaded data={result} height={200}>
      {(streams) => <Result {...props} streams={streams} period={describeRange(range).toLowerCase()} />}
    </Loaded>
  );
}

function NoMetricQueries() {
  const href = useHref();
  return (
    <div className="card">
      <Empty>
        This is a metric query. This version answers log queries only: a stream selector such as {'{service_name="api"}'}, then filters of lines and labels. For rates and
        counts over time use{' '}
        <Anchor component={Link} href={href('/explore/metrics')} inherit underline="always">
          Metrics
        </Anchor>
        .
      </Empty>
    </div>
  );
}

function Result(props: LogResultsProps & { streams: readonly LogStream[]; period: string }) {
  const { streams, limit } = props;
  const lines = useMemo(() => mergeLogLines([], toLogLines(streams), limit), [streams, limit]);
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
  const [paused, setPaused] = useState(false);
  const { lines, failure } = useFollow(props.query, props.limit, paused);
  return (
    <>
      {failure !== undefined && <Failure message={failure} />}
      <Lines {...props} lines={lines} period="since you began to follow and just before">
        <Text size="xs" c="dimmed" role="status">
          {paused ? 'Paused' : 'Following'}: the newest {lines.length} lines{lines.length >= props.limit && ', older ones are dropped'}
        </Text>
        <Button size="compact-xs" variant="light" leftSection={<Icon name={paused ? 'play' : 'pause'} size={11} />} onClick={() => setPaused(!paused)}>
          {paused ? 'Resume' : 'Pause'}
        </Button>
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
          highlights={highlightsOf(props.query)}
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
      <ActionIcon size={24} variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon name={icon} size={11} />
      </ActionIcon>
    </Tooltip>
  );
}
