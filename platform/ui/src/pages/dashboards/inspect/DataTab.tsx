import { Button, Group, SegmentedControl, Select, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTime } from '../../../app/time';
import { Empty } from '../../../components/states';
import { fileName, toCsv } from '../../../lib/csv';
import type { PanelModel } from '../../../lib/dashboard/model';
import { fieldNamer } from '../../../lib/field/displayName';
import type { DataFrame } from '../../../lib/frame/frame';
import { joinByTime } from '../../../lib/query/joinByTime';
import { formatDateTime } from '../../../lib/time';
import type { PanelData } from '../panels/panel';
import { download } from './download';

const ROWS_MAX = 500;

type Stage = 'raw' | 'transformed';

/** A panel's data as a table, before or after its transformations, and as CSV. */
export function DataTab({ panel, title, data }: { panel: PanelModel; title: string; data: PanelData }) {
  const [stage, setStage] = useState<Stage>('transformed');
  const [chosen, setChosen] = useState('0');
  const frames: readonly DataFrame[] = stage === 'raw' ? data.raw : data.frames;
  const tables = useMemo(() => tablesOf(frames), [frames]);
  const table = tables[Number(chosen)] ?? tables[0];
  return (
    <>
      <Group gap="xs" mb="xs">
        {panel.transformations.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label="Which data"
            value={stage}
            onChange={(next) => setStage(next === 'raw' ? 'raw' : 'transformed')}
            data={[
              { value: 'transformed', label: 'Transformed' },
              { value: 'raw', label: 'As queried' },
            ]}
          />
        )}
        {tables.length > 1 && (
          <Select
            size="xs"
            aria-label="Which frame"
            w={260}
            value={tables[Number(chosen)] ? chosen : '0'}
            onChange={(next) => setChosen(next ?? '0')}
            data={tables.map((entry, i) => ({ value: String(i), label: entry.name }))}
            allowDeselect={false}
          />
        )}
        {table && (
          <Button size="compact-sm" variant="default" onClick={() => download(fileName(`${title}-${table.name}`, 'csv'), 'text/csv;charset=utf-8', toCsv(table.frame, table.headers))}>
            Download CSV
          </Button>
        )}
        {table && (
          <Text size="xs" c="dimmed">
            {table.frame.length} rows, {table.frame.fields.length} columns
          </Text>
        )}
      </Group>
      {table ? <FrameTable table={table} /> : <Empty>{data.state === 'done' ? 'There are no data.' : 'Loading…'}</Empty>}
    </>
  );
}

interface NamedTable {
  readonly name: string;
  readonly frame: DataFrame;
  readonly headers: readonly string[];
}

/** All series joined by time first, where there are several, then each frame. */
function tablesOf(frames: readonly DataFrame[]): NamedTable[] {
  const nameOf = fieldNamer(frames);
  const named = frames.map((frame, i): NamedTable => {
    const headers = frame.fields.map((field) => ('title' in field && typeof field.title === 'string' ? field.title : nameOf(field, frame)));
    const values = frame.fields.filter((field) => field.type !== 'time');
    const name = frame.name ?? (values.length === 1 ? (headers[frame.fields.indexOf(values[0] ?? frame.fields[0] ?? { name: '', type: 'other', values: [], config: {} })] ?? '') : '');
    return { name: `${i + 1}. ${name === '' ? frame.refId : name}`, frame, headers };
  });
  const joined = joinByTime(named);
  return joined === undefined ? named : [joined, ...named];
}

function FrameTable({ table }: { table: NamedTable }) {
  const { timeZone } = useTime();
  const { frame, headers } = table;
  const rows = Array.from({ length: Math.min(frame.length, ROWS_MAX) }, (_, row) => row);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`Data of ${table.name}`}>
      <Table stickyHeader verticalSpacing={2} fz="xs">
        <Table.Thead>
          <Table.Tr>
            {headers.map((header, i) => (
              <Table.Th key={i} className={frame.fields[i]?.type === 'number' ? 'numeric' : undefined}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row}>
              {frame.fields.map((field, i) => (
                <Table.Td key={i} className={field.type === 'number' ? 'numeric' : field.type === 'time' ? 'nowrap' : 'wrap-anywhere'}>
                  {text(field.values[row], field.type === 'time', timeZone)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {frame.length > ROWS_MAX && (
        <Text size="xs" c="dimmed" p="xs">
          The first {ROWS_MAX} rows; the CSV has all {frame.length}.
        </Text>
      )}
    </div>
  );
}

function text(value: unknown, isTime: boolean, timeZone: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (isTime && typeof value === 'number') return formatDateTime(value, timeZone);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
