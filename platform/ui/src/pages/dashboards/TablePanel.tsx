import { Table, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Panel } from '../../lib/dashboard';
import { shownValue, type PanelSeries, type ShownValue } from './panelSeries';

interface TableRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, ShownValue>>;
}

const MAX_ROWS = 500;

/** Labels and, for each query, the value: series with the same labels share a line. */
export function TablePanel({ panel, series }: { panel: Panel; series: readonly PanelSeries[] }) {
  const [sort, setSort] = useState<{ column: string; descending: boolean } | undefined>(undefined);
  const refIds = [...new Set(series.map((entry) => entry.refId))];
  const rows = toRows(panel, series);
  const labelNames = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))];
  const value = (row: TableRow, column: string) => row.values[column]?.value ?? row.labels[column] ?? '';
  const sorted = sort ? [...rows].sort((a, b) => compare(value(a, sort.column), value(b, sort.column)) * (sort.descending ? -1 : 1)) : rows;
  const head = (column: string, title: string, numeric: boolean) => (
    <Table.Th key={column} className={numeric ? 'numeric' : undefined} aria-sort={sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton fz="sm" fw={600} onClick={() => setSort({ column, descending: sort?.column === column ? !sort.descending : numeric })}>
        {title}
        {sort?.column === column && (sort.descending ? ' ↓' : ' ↑')}
      </UnstyledButton>
    </Table.Th>
  );
  return (
    <div className="panel-scroll">
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {labelNames.map((name) => head(name, name, false))}
            {refIds.map((refId) => head(`#${refId}`, refIds.length === 1 ? 'Value' : `Value #${refId}`, true))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.slice(0, MAX_ROWS).map((row) => (
            <Table.Tr key={JSON.stringify(row.labels)}>
              {labelNames.map((name) => (
                <Table.Td key={name} className="wrap-anywhere">
                  {row.labels[name]}
                </Table.Td>
              ))}
              {refIds.map((refId) => (
                <Table.Td key={refId} className="numeric" style={{ color: row.values[`#${refId}`]?.color }}>
                  {row.values[`#${refId}`]?.text ?? ''}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {sorted.length > MAX_ROWS && `and ${sorted.length - MAX_ROWS} more`}
    </div>
  );
}

function toRows(panel: Panel, series: readonly PanelSeries[]): TableRow[] {
  const rows = new Map<string, { labels: Record<string, string>; values: Record<string, ShownValue> }>();
  for (const entry of series) {
    const labels = Object.fromEntries(Object.entries(entry.labels).filter(([name]) => name !== '__name__'));
    const shownLabels = Object.keys(labels).length === 0 ? { Series: entry.name } : labels;
    const key = JSON.stringify(Object.entries(shownLabels).sort());
    const row = rows.get(key) ?? { labels: shownLabels, values: {} };
    row.values[`#${entry.refId}`] = shownValue(panel, entry, panel.options.reducer);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
