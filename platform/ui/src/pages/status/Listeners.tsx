import { Badge, Table, Text } from '@mantine/core';
import type { PlatformStatus } from '../../api/platform';
import { Section } from '../../components/Section';

export function Listeners({ listeners }: { listeners: PlatformStatus['listeners'] }) {
  return (
    <Section title="Listeners">
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Interface</Table.Th>
            <Table.Th>Address</Table.Th>
            <Table.Th>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {listeners.map((listener) => (
            <Table.Tr key={`${listener.name} ${listener.address}`}>
              <Table.Td>{listener.name}</Table.Td>
              <Table.Td className="mono" style={{ whiteSpace: 'nowrap' }}>
                {listener.address}
              </Table.Td>
              <Table.Td>
                <Badge color={listener.state === 'bound' ? 'teal' : 'yellow'} variant="light">
                  {listener.state}
                </Badge>
                {listener.reason !== undefined && (
                  <Text size="xs" c="dimmed" className="wrap-anywhere">
                    {listener.reason}
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
