import { Table, Text } from '@mantine/core';
import type { ShownFrame } from '../../../../lib/field/fieldConfig';
import { formatDateTime } from '../../../../lib/time';
import type { PanelProps } from '../panel';
import { isKnownType } from '../registry';

const ROWS_MAX = 200;

/** The data of a panel that nothing here draws: one table a frame. */
export default function FramesPanel({ panel, data }: PanelProps) {
  return (
    <div className="panel-scroll">
      {!isKnownType(panel.type) && (
        <Text size="xs" c="dimmed">
          Panels of type “{panel.type}” are not drawn; this is the panel's data as a table.
        </Text>
      )}
      {data.frames.map((frame, index) => (
        <FrameTable key={index} frame={frame} />
      ))}
    </div>
  );
}

function FrameTable({ frame }: { frame: ShownFrame }) {
  const rows = Array.from({ length: Math.min(frame.length, ROWS_MAX) }, (_, row) => row);
  return (
    <Table stickyHeader verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          {frame.fields.map((field, i) => (
            <Table.Th key={i}>{field.title}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row}>
            {frame.fields.map((field, i) => {
              const value = field.values[row];
              const shown = field.display(value);
              const text = field.type === 'time' && typeof value === 'number' ? formatDateTime(value) : `${shown.prefix ?? ''}${shown.text}${shown.suffix ?? ''}`;
              return <Table.Td key={i}>{text}</Table.Td>;
            })}
          </Table.Tr>
        ))}
        {frame.length > ROWS_MAX && (
          <Table.Tr>
            <Table.Td colSpan={frame.fields.length}>and {frame.length - ROWS_MAX} more rows</Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}
