import { Stack, Table, TextInput } from '@mantine/core';
import { flags } from '../../api/prometheusStatus';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';

/** Settings under the names of Prometheus's flags. */
export default function FlagsPage() {
  const { params, patch } = useUrlState();
  const search = params.get('search') ?? '';
  const wanted = search.toLowerCase();
  return (
    <Stack gap="md">
      <PageTitle title="Settings" />
      <StatusTabs />
      <TextInput
        size="xs"
        placeholder="Name or value"
        aria-label="Search in the settings"
        value={search}
        onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')}
        maw={420}
      />
      <Section title="Under the names of Prometheus's flags">
        <Loaded data={useData(['flags'], flags)}>
          {(all) => {
            const shown = Object.entries(all).filter(([name, value]) => `${name} ${value}`.toLowerCase().includes(wanted));
            return shown.length === 0 ? (
              <Empty>No setting is like that.</Empty>
            ) : (
              <Table verticalSpacing={6} className="stack-table">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Flag</Table.Th>
                    <Table.Th>Value</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {shown.map(([name, value]) => (
                    <Table.Tr key={name}>
                      <Table.Td className="mono">--{name}</Table.Td>
                      <Table.Td className="mono wrap-anywhere">{value === '' ? '–' : value}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            );
          }}
        </Loaded>
      </Section>
    </Stack>
  );
}
