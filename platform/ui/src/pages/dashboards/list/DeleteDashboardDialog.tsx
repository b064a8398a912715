import { Button, Group, Stack, Text } from '@mantine/core';
import { deleteDashboard } from '../../../api/dashboardLibrary';
import { useAction } from '../../../app/useAction';
import { Failure } from '../../../components/states';
import type { LibraryEntry } from '../../../lib/dashboards/library';
import { StoredDashboardDialog } from './StoredDashboardDialog';

/** Asks before a dashboard goes with all its versions. */
export function DeleteDashboardDialog({ entry, onClose }: { entry: LibraryEntry; onClose: () => void }) {
  const remove = useAction(deleteDashboard, onClose);
  return (
    <StoredDashboardDialog uid={entry.uid} title={`Delete “${entry.title}”?`} onClose={onClose}>
      {(stored) => (
        <Stack gap="sm">
          <Text size="sm">The dashboard goes with all its versions ({stored.version} so far). This cannot be undone; export it first if it may be needed again.</Text>
          {remove.failure && <Failure message={remove.failure.message} status={remove.failure.status} />}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button size="xs" color="red" loading={remove.busy} onClick={() => remove.run(entry.uid)}>
              Delete the dashboard
            </Button>
          </Group>
        </Stack>
      )}
    </StoredDashboardDialog>
  );
}
