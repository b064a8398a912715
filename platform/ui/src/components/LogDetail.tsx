import { Anchor, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useHref } from '../app/urlState';
import type { Labels } from '../lib/labels';
import { parsedFields, traceIdOf, type LogLine } from '../lib/logs';
import { formatClockMs, formatDateTime } from '../lib/time';

interface LogDetailProps {
  readonly line: LogLine;
  readonly actions: ((kind: 'label' | 'field', name: string, value: string) => ReactNode) | undefined;
}

/** An open line: its trace, the labels of its stream, its metadata and the fields of its text. */
export function LogDetail({ line, actions }: LogDetailProps) {
  const href = useHref();
  const traceId = traceIdOf(line);
  return (
    <div className="log-detail">
      <Group gap="md" mb={4}>
        <Text size="xs" c="dimmed">
          {formatDateTime(line.timeMs).slice(0, 10)} {formatClockMs(line.timeMs)}
        </Text>
        {traceId !== undefined && (
          <Anchor component={Link} href={href(`/explore/traces/${traceId}`)} size="xs" fw={600}>
            Open trace {traceId.slice(0, 8)}…
          </Anchor>
        )}
      </Group>
      <Fields title="Stream labels" fields={line.stream} kind="label" actions={actions} />
      <Fields title="Structured metadata" fields={line.metadata} kind="field" actions={actions} />
      <Fields title="Fields of the line" fields={parsedFields(line.line)} kind="field" actions={undefined} />
    </div>
  );
}

function Fields({ title, fields, kind, actions }: { title: string; fields: Labels; kind: 'label' | 'field'; actions: LogDetailProps['actions'] }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) {
    return null;
  }
  return (
    <>
      <Text size="xs" fw={600} mt={4}>
        {title}
      </Text>
      <table className="field-table">
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {actions && <td className="field-actions">{actions(kind, name, value)}</td>}
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
