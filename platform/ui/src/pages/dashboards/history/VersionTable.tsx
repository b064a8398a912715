import { Button, Group, Radio, Table, Text } from '@mantine/core';
import { restoreVersion, type DashboardVersion } from '../../../api/dashboardLibrary';
import type { StoredDashboard } from '../../../api/grafana';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { Failure } from '../../../components/states';
import type { HistoryView } from '../../../lib/dashboards/changes';
import { formatDateTime } from '../../../lib/time';

interface Props {
  readonly stored: StoredDashboard;
  readonly versions: readonly DashboardVersion[];
  readonly view: HistoryView;
  readonly onExport: (version: number) => void;
}

/** One line a version; two of them are chosen to be compared. */
export function VersionTable({ stored, versions, view, onExport }: Props) {
  const restore = useAction(restoreVersion);
  return (
    <>
      {restore.failure && <Failure message={restore.failure.message} status={restore.failure.status} />}
      <Table verticalSpacing={6} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Compare</Table.Th>
            <Table.Th>Which</Table.Th>
            <Table.Th>Saved</Table.Th>
            <Table.Th>What changed</Table.Th>
            <Table.Th>Actions</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version, index) => (
            <VersionLine
              key={version.version}
              version={version}
              previous={versions[index + 1]}
              newest={index === 0}
              view={view}
              canRestore={stored.canSave && index > 0}
              onRestore={() => restore.run({ uid: stored.uid, version: version.version })}
              onExport={() => onExport(version.version)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

interface LineProps {
  readonly version: DashboardVersion;
  readonly previous: DashboardVersion | undefined;
  readonly newest: boolean;
  readonly view: HistoryView;
  readonly canRestore: boolean;
  readonly onRestore: () => void;
  readonly onExport: () => void;
}

function VersionLine({ version, previous, newest, view, canRestore, onRestore, onExport }: LineProps) {
  const { patch } = useUrlState();
  const { timeZone } = useTime();
  const number = version.version;
  const text = version.message || (version.restoredFrom > 0 ? `Restored from version ${version.restoredFrom}` : '');
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Radio size="xs" name="base" aria-label={`Compare from version ${number}`} checked={view.base === number} onChange={() => patch({ base: String(number) }, 'replace')} />
          <Radio size="xs" name="new" aria-label={`Compare to version ${number}`} checked={view.next === number} onChange={() => patch({ new: String(number) }, 'replace')} />
        </Group>
      </Table.Td>
      <Table.Td>
        Version {number}
        {newest ? ' (present)' : ''}
      </Table.Td>
      <Table.Td>
        <time dateTime={version.created}>{formatDateTime(Date.parse(version.created), timeZone)}</time>
        {version.author !== '' && (
          <Text span size="sm" className="wrap-anywhere">
            {' '}
            by {version.author}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="wrap-anywhere">{text === '' ? <Text span size="sm" c="dimmed">no message</Text> : text}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {previous && (
            <Button size="compact-xs" variant="default" onClick={() => patch({ base: String(previous.version), new: String(number), json: undefined })} aria-label={`Changes of version ${number}`}>
              Changes
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => patch({ json: String(number), base: undefined, new: undefined })} aria-label={`JSON of version ${number}`}>
            JSON
          </Button>
          <Button size="compact-xs" variant="default" onClick={onExport} aria-label={`Export version ${number}`}>
            Export
          </Button>
          {canRestore && (
            <ConfirmButton question={`Save version ${number} anew? The dashboard is then as it was; nothing of the history is lost.`} onConfirm={onRestore}>
              Restore
            </ConfirmButton>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
