import { Anchor, Table } from '@mantine/core';
import { Link } from 'wouter';
import type { ImportedDashboard } from '../../../api/dashboardImport';
import { useHref } from '../../../app/urlState';
import { Section } from '../../../components/Section';

/** What became of each dashboard, in the server's words where it is refused. */
export function ImportResult({ results }: { results: readonly ImportedDashboard[] }) {
  const href = useHref();
  const imported = results.filter((result) => result.imported).length;
  return (
    <Section title={`${imported} of ${results.length} imported`}>
      <Table verticalSpacing={6} className="stack-table">
        <Table.Tbody>
          {results.map((result, index) => (
            <Table.Tr key={index}>
              <Table.Td className="wrap-anywhere">{result.imported ? <Anchor component={Link} href={href(`/d/${encodeURIComponent(result.uid)}`)}>{result.title}</Anchor> : result.title}</Table.Td>
              <Table.Td className="wrap-anywhere" role={result.imported ? undefined : 'alert'}>
                {result.imported ? `Imported as version ${result.version}` : `Refused: ${result.message}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
