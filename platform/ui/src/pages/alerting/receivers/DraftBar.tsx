import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { CheckedConfiguration } from '../../../api/alertmanagerConfig';
import { useUrlState } from '../../../app/urlState';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { LabelList } from '../../../components/LabelList';
import { Failure } from '../../../components/states';
import { count } from '../../../lib/alerting/figures';
import type { Draft } from './useDraft';

/** What is not saved yet: check, save or discard it, and what the check says. */
export function DraftBar({ draft }: { draft: Draft }) {
  if (!draft.dirty && draft.failure === undefined) {
    return null;
  }
  return (
    <Stack gap="xs" className="card draft-bar" p="xs" component="section" aria-label="Changes">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          Changes are not saved yet.
        </Text>
        <Button size="xs" variant="default" loading={draft.busy} disabled={!draft.dirty} onClick={() => void draft.check()}>
          Check and preview
        </Button>
        <Button size="xs" loading={draft.busy} disabled={!draft.dirty} onClick={() => void draft.save()}>
          Save
        </Button>
        <ConfirmButton size="xs" question="Forget all changes that are not saved?" onConfirm={draft.discard} disabled={!draft.dirty}>
          Discard
        </ConfirmButton>
      </Group>
      {draft.failure !== undefined && <Failure message={draft.failure} />}
      {draft.checked && <Checked checked={draft.checked} />}
    </Stack>
  );
}

function Checked({ checked }: { checked: CheckedConfiguration }) {
  const { patch } = useUrlState();
  if (checked.mistakes.length > 0) {
    return (
      <Stack gap={4} role="alert">
        {checked.mistakes.map((mistake, index) => (
          <Group key={index} gap="xs" align="baseline" wrap="nowrap">
            <Badge color="red" variant="light" style={{ flex: 'none' }}>
              mistake
            </Badge>
            <Text size="sm" className="wrap-anywhere">
              {mistake.key !== '' && `${mistake.key}: `}
              {mistake.message}
            </Text>
            {mistake.line > 0 && (
              <Button size="compact-xs" variant="default" style={{ flex: 'none' }} onClick={() => patch({ view: 'text', line: String(mistake.line) })}>
                Line {mistake.line}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    );
  }
  const moved = checked.changes.filter((change) => names(change.before) !== names(change.after));
  const nobody = checked.changes.filter((change) => change.after.length === 0).length;
  return (
    <Stack gap={6}>
      <Text size="sm" role="status">
        The configuration is well formed. {checked.alerts === 0 ? 'There are no alerts at the moment whose way could change.' : `Of ${count(checked.alerts, 'known alert')} ${moved.length === 0 ? 'all go where they go now.' : `${moved.length} would go elsewhere.`}`}
        {nobody > 0 && ` ${count(nobody, 'alert')} would be told to nobody.`}
      </Text>
      {moved.length > 0 && (
        <div className="table-scroll" style={{ maxHeight: 260, overflow: 'auto' }}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Alert</Table.Th>
                <Table.Th>Now</Table.Th>
                <Table.Th>After the change</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {moved.slice(0, 100).map((change) => (
                <Table.Tr key={change.fingerprint}>
                  <Table.Td>
                    <LabelList labels={change.labels} />
                  </Table.Td>
                  <Table.Td>{names(change.before) || 'nobody'}</Table.Td>
                  <Table.Td>{names(change.after) || 'nobody'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}

function names(told: CheckedConfiguration['changes'][number]['before']): string {
  return told.map(({ receiver }) => receiver).join(', ');
}
