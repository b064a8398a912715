import { Table } from '@mantine/core';
import { buildInfo } from '../../api/prometheus';
import { runtimeInfo } from '../../api/prometheusStatus';
import { useData } from '../../app/useData';
import { Section } from '../../components/Section';
import { Loaded } from '../../components/states';
import type { Labels } from '../../lib/labels';

/** The process and its build under Prometheus's names. */
export function RuntimeFacts() {
  return (
    <>
      <Facts title="Runtime" data={useData(['runtime'], runtimeInfo)} />
      <Facts title="Build" data={useData(['build'], buildInfo)} />
    </>
  );
}

function Facts({ title, data }: { title: string; data: ReturnType<typeof useData<Labels>> }) {
  return (
    <Section title={title}>
      <Loaded data={data}>
        {(facts) => (
          <Table verticalSpacing={6}>
            <Table.Tbody>
              {Object.entries(facts)
                .filter(([, value]) => value !== '')
                .map(([name, value]) => (
                  <Table.Tr key={name}>
                    <Table.Th style={{ whiteSpace: 'nowrap', fontWeight: 400 }} c="dimmed">
                      {name}
                    </Table.Th>
                    <Table.Td className="wrap-anywhere">{value}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Section>
  );
}
