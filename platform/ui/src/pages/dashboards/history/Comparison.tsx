import { Button, Code, Group, SegmentedControl, Table } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { dashboardChanges, dashboardOfVersion, type DashboardChange } from '../../../api/dashboardLibrary';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import { describeChange } from '../../../lib/dashboards/changes';

const TextDiff = lazy(() => import('../../../components/TextDiff'));

interface Compared {
  readonly uid: string;
  readonly base: number;
  readonly next: number;
}

/** What differs between two versions: change by change, or line by line of the JSON. */
export function Comparison({ uid, base, next, lines }: Compared & { readonly lines: boolean }) {
  const { patch } = useUrlState();
  return (
    <Section title={`From version ${base} to version ${next}`}>
      <Group p="xs" gap="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Show differences as"
          value={lines ? 'lines' : 'changes'}
          onChange={(value) => patch({ diff: value === 'lines' ? 'lines' : undefined }, 'replace')}
          data={[
            { value: 'changes', label: 'Changes' },
            { value: 'lines', label: 'Lines of JSON' },
          ]}
        />
        <Button size="compact-xs" variant="default" onClick={() => patch({ base: String(next), new: String(base) }, 'replace')}>
          Swap
        </Button>
      </Group>
      {lines ? <Lines uid={uid} base={base} next={next} /> : <Changes uid={uid} base={base} next={next} />}
    </Section>
  );
}

function Changes({ uid, base, next }: Compared) {
  const data = useData(['dashboard changes', uid, base, next], (access, signal) => dashboardChanges(access, uid, base, next, signal), { refreshes: false });
  return <Loaded data={data}>{(changes) => (changes.length === 0 ? <Empty>Nothing is different.</Empty> : <ChangeTable changes={changes} />)}</Loaded>;
}

/** A list that is longer is read better line by line. */
const MAX_ROWS = 500;

function ChangeTable({ changes }: { changes: readonly DashboardChange[] }) {
  return (
    <>
      <Table verticalSpacing={4} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.slice(0, MAX_ROWS).map(describeChange).map((change, index) => (
            <Table.Tr key={index} style={{ verticalAlign: 'top' }}>
              <Table.Td className="wrap-anywhere">{change.place}</Table.Td>
              <Table.Td>{change.what}</Table.Td>
              <Table.Td>{change.before !== undefined && <Code className="change-value diff-removed">{change.before}</Code>}</Table.Td>
              <Table.Td>{change.after !== undefined && <Code className="change-value diff-added">{change.after}</Code>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {changes.length > MAX_ROWS && <Empty>{changes.length - MAX_ROWS} more are not listed; “Lines of JSON” has all of them.</Empty>}
    </>
  );
}

function Lines({ uid, base, next }: Compared) {
  const data = useData(
    ['dashboard texts', uid, base, next],
    async (access, signal) => {
      const [before, after] = await Promise.all([base, next].map((version) => dashboardOfVersion(access, uid, version, signal)));
      return { before: JSON.stringify(before, null, 2), after: JSON.stringify(after, null, 2) };
    },
    { refreshes: false },
  );
  return (
    <Loaded data={data}>
      {({ before, after }) => (
        <Suspense fallback={null}>
          <TextDiff before={before} after={after} label={`Lines that differ between version ${base} and version ${next}`} />
        </Suspense>
      )}
    </Loaded>
  );
}
