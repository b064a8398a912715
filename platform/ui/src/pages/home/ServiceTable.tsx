import { Anchor, Table } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import { Empty, Loaded } from '../../components/states';
import { formatValue } from '../../lib/units/format';
import { useServices } from './homeData';

export function ServiceTable() {
  const href = useHref();
  return (
    <div className="card table-scroll">
      <Loaded data={useServices()}>
        {(services) =>
          services.length === 0 ? (
            <Empty>No spans in the last five minutes. Send OTLP to port 4317 (gRPC) or 4318 (HTTP) and the services appear here.</Empty>
          ) : (
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Service</Table.Th>
                  <Table.Th className="numeric">Requests</Table.Th>
                  <Table.Th className="numeric">Errors</Table.Th>
                  <Table.Th className="numeric">P95</Table.Th>
                  <Table.Th className="numeric" visibleFrom="xs">
                    Go to
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {services.map((service) => (
                  <Table.Tr key={service.name}>
                    <Table.Td className="wrap-anywhere">
                      <Anchor component={Link} href={href('/explore/traces', { service: service.name })}>
                        {service.name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td className="numeric">{formatValue(service.requestsPerSecond, 'reqps')}</Table.Td>
                    <Table.Td className="numeric" c={service.errorRatio >= 0.05 ? 'red' : 'inherit'}>
                      {formatValue(service.errorRatio, 'percentunit')}
                    </Table.Td>
                    <Table.Td className="numeric">{formatValue(service.p95Seconds, 's')}</Table.Td>
                    <Table.Td className="numeric" visibleFrom="xs">
                      <Anchor component={Link} href={href('/explore/logs', { query: `{service_name=${JSON.stringify(service.name)}}` })}>
                        logs
                      </Anchor>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </div>
  );
}
