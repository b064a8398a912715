import { Table } from '@mantine/core';
import { queryInstant } from '../../../api/prometheus';
import { useData } from '../../../app/useData';
import { LabelList } from '../../../components/LabelList';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import { count, formatSample } from '../../../lib/alerting/figures';
import type { LoadedRule } from '../../../lib/alerting/ruleGroups';
import { quote } from '../../../lib/labels';

const SERIES_MAX = 100;

/** What a recording rule has written last. */
export function RecordedSeries({ rule }: { rule: LoadedRule }) {
  const selector = `{${[['__name__', rule.name], ...Object.entries(rule.labels)].map(([name, value]) => `${quote(name ?? '')}=${quote(value ?? '')}`).join(', ')}}`;
  const data = useData(['recorded', selector], (access, signal) => queryInstant(access, selector, Date.now(), signal));
  return (
    <Section title="Recorded series">
      <Loaded data={data}>
        {(result) => {
          const samples = result.kind === 'vector' ? result.samples : [];
          return samples.length === 0 ? (
            <Empty>Nothing has been recorded within the last five minutes.</Empty>
          ) : (
            <>
              <Table verticalSpacing={4}>
                <Table.Tbody>
                  {samples.slice(0, SERIES_MAX).map((sample) => (
                    <Table.Tr key={JSON.stringify(sample.labels)}>
                      <Table.Td>
                        <LabelList labels={sample.labels} without={['__name__']} />
                      </Table.Td>
                      <Table.Td className="numeric">{formatSample(String(sample.value))}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              {samples.length > SERIES_MAX && <Empty>{`and ${count(samples.length - SERIES_MAX, 'more')}`}</Empty>}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
