import { Stack, Table, Text } from '@mantine/core';
import { queryInstant, type InstantResult } from '../../api/prometheus';
import { useTime } from '../../app/time';
import { useData } from '../../app/useData';
import { Empty, Loaded } from '../../components/states';
import { intervalVariables, queryInterval } from '../../lib/interval';
import { texts } from '../../lib/query/step';
import { EMPTY_SCOPE } from '../../lib/template/createScope';
import { formatSeries } from '../../lib/labels';
import { formatDateTime } from '../../lib/time';

const MAX_ROWS = 1000;

/** The answer of each query at the end of the range, numbers in full. */
export function TableTab({ exprs }: { exprs: readonly string[] }) {
  return (
    <Stack gap="sm">
      {exprs.map((expr, index) => (
        <InstantTable key={`${index} ${expr}`} expr={expr} />
      ))}
    </Stack>
  );
}

function InstantTable({ expr }: { expr: string }) {
  const { absolute } = useTime();
  const variables = texts(intervalVariables(queryInterval({ range: absolute, maxDataPoints: 1000 }), absolute));
  const result = useData(['instant', expr, absolute.toMs], (access, signal) => queryInstant(access, EMPTY_SCOPE.replace(expr, 'promql', variables), absolute.toMs, signal));
  return (
    <div className="card table-scroll">
      <Loaded data={result}>{(value) => <Rows result={value} />}</Loaded>
    </div>
  );
}

function Rows({ result }: { result: InstantResult }) {
  const rows = toRows(result);
  if (rows.length === 0) {
    return <Empty>No series match at the end of this range.</Empty>;
  }
  return (
    <>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {rows.slice(0, MAX_ROWS).map(([name, value], index) => (
            <Table.Tr key={`${index} ${name}`}>
              <Table.Td className="mono wrap-anywhere" style={{ minWidth: 180 }}>
                {name}
              </Table.Td>
              <Table.Td className="numeric">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" p="xs">
        {rows.length} rows{rows.length > MAX_ROWS && `; the first ${MAX_ROWS} are shown`}
      </Text>
    </>
  );
}

function toRows(result: InstantResult): [string, string][] {
  switch (result.kind) {
    case 'vector':
      return result.samples.map((sample) => [formatSeries(sample.labels), String(sample.value)]);
    case 'scalar':
      return [['scalar', String(result.sample.value)]];
    case 'string':
      return [['string', result.text]];
    case 'matrix':
      return result.series.flatMap((series) => series.points.map(([seconds, text]): [string, string] => [`${formatSeries(series.labels)} @ ${formatDateTime(seconds * 1000)}`, text]));
  }
}
