import { Badge, Table, Text } from '@mantine/core';
import type { PlatformStatus } from '../../api/platform';
import { Section } from '../../components/Section';
import { Empty } from '../../components/states';

export function Configuration({ files, restartNeeds }: { files: PlatformStatus['configurationFiles']; restartNeeds: PlatformStatus['restartNeeds'] }) {
  return (
    <Section title="Configuration files">
      {restartNeeds.map((need) => (
        <Text key={need} size="xs" c="orange">
          {need}
        </Text>
      ))}
      {files.length === 0 ? (
        <Empty>None: this process runs with its defaults.</Empty>
      ) : (
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {files.map((file) => (
              <Table.Tr key={`${file.kind} ${file.path}`}>
                <Table.Td>{file.kind}</Table.Td>
                <Table.Td className="wrap-anywhere">
                  <span className="mono">{file.path}</span>
                  {file.warnings.map((warning) => (
                    <Text key={warning} size="xs" c="orange">
                      {warning}
                    </Text>
                  ))}
                  {file.withoutEffect.map((request) => (
                    <Text key={`${request.place} ${request.key}`} size="xs" c="dimmed">
                      <span className="mono">{request.key}</span> has no effect: {request.consequence} ({request.place})
                    </Text>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

export function Pipelines({ pipelines }: { pipelines: PlatformStatus['pipelines'] }) {
  return (
    <Section title="Pipelines">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {pipelines.map((pipeline) => (
            <Table.Tr key={pipeline.name}>
              <Table.Td>{pipeline.name}</Table.Td>
              <Table.Td className="wrap-anywhere" style={{ minWidth: 160 }}>
                <Text size="xs">{[pipeline.receivers, pipeline.processors, pipeline.exporters].map((part) => part.join(', ') || '–').join(' → ')}</Text>
              </Table.Td>
              <Table.Td>
                <Badge color={pipeline.stored ? 'teal' : 'yellow'} variant="light">
                  {pipeline.stored ? 'stored' : 'not stored'}
                </Badge>
                {pipeline.reason !== undefined && (
                  <Text size="xs" c="dimmed">
                    {pipeline.reason}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
