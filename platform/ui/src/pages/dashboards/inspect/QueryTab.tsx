import { Badge, Code, Group, Stack, Table, Text } from '@mantine/core';
import { Empty } from '../../../components/states';
import { object } from '../../../lib/json';
import type { PreparedTarget } from '../../../lib/query/prepare';
import { formatInterval } from '../../../lib/query/step';
import type { PanelData, SentQuery } from '../panels/panel';

/** The queries as they were sent, with what the server says of their work. */
export function QueryTab({ data, targets }: { data: PanelData; targets: readonly PreparedTarget[] }) {
  const expressions = targets.filter((target) => target.kind === 'expression');
  const notices = data.raw.flatMap((frame) => frame.meta?.notices ?? []);
  if (data.sent.length === 0 && expressions.length === 0) {
    return <Empty>{data.state === 'loading' ? 'Loading…' : 'This panel has sent no query.'}</Empty>;
  }
  return (
    <Stack gap="md">
      {[...new Set(notices.map((notice) => notice.text))].map((notice) => (
        <Text key={notice} size="sm" c="orange">
          {notice}
        </Text>
      ))}
      {data.sent.map((query, index) => (
        <Sent key={index} query={query} />
      ))}
      {expressions.map((target) => (
        <Stack key={target.refId} gap={4}>
          <Group gap="xs">
            <Badge variant="light">{target.refId}</Badge>
            <Text size="sm">Calculated in the browser</Text>
          </Group>
          <Code block style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
            {JSON.stringify(target.json, null, 2)}
          </Code>
        </Stack>
      ))}
    </Stack>
  );
}

function Sent({ query }: { query: SentQuery }) {
  return (
    <Stack gap={4} component="section" aria-label={`Query ${query.refId}`}>
      <Group gap="xs">
        <Badge variant="light">{query.refId}</Badge>
        <Text size="sm">{query.source}</Text>
        {query.stepMs !== undefined && <Text size="sm">step {formatInterval(query.stepMs)}</Text>}
        {query.tookMs !== undefined && <Text size="sm">answered in {Math.round(query.tookMs)} ms</Text>}
      </Group>
      {query.expr !== '' && (
        <Code block style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
          {query.expr}
        </Code>
      )}
      <Text size="xs" c="dimmed" className="mono wrap-anywhere">
        {query.request}
      </Text>
      <Statistics stats={query.stats} />
    </Stack>
  );
}

/** Numbers of the server's statistics, groups flattened; lists with an entry for each step are left to the JSON. */
function Statistics({ stats }: { stats: unknown }) {
  const rows = flatten(object(stats), '');
  if (rows.length === 0) {
    return null;
  }
  return (
    <Table verticalSpacing={1} fz="xs" w="auto">
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed">{name}</Table.Td>
            <Table.Td className="numeric">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const DEPTH_MAX = 4;

function flatten(json: Readonly<Record<string, unknown>>, prefix: string, depth = 0): [string, string][] {
  return Object.entries(json).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value) || depth > DEPTH_MAX) return [];
    if (typeof value === 'object' && value !== null) return flatten(object(value), `${prefix}${name}.`, depth + 1);
    return [[`${prefix}${name}`, String(value)]];
  });
}
