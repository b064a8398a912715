import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useLocation } from 'wouter';
import { deleteFolder, folderCounts } from '../../../api/dashboardLibrary';
import { useHref } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { useData } from '../../../app/useData';
import { Failure, Loaded } from '../../../components/states';
import type { TreeRow } from '../../../lib/dashboards/library';

/** Says what goes with a folder before it is deleted. */
export function DeleteFolderDialog({ row, onClose }: { row: TreeRow; onClose: () => void }) {
  const [, navigate] = useLocation();
  const href = useHref();
  const { uid, title } = row.folder;
  const counts = useData(['folder counts', uid], (access, signal) => folderCounts(access, uid, signal), { refreshes: false });
  const remove = useAction(deleteFolder, () => navigate(href('/dashboards')));
  return (
    <Modal opened onClose={onClose} title={`Delete “${title}”?`}>
      <Stack gap="sm">
        <Loaded data={counts}>
          {({ folders, dashboards }) => (
            <Text size="sm">
              {folders + dashboards === 0 ? 'The folder is empty.' : `With it go ${dashboards} dashboards, with all their versions, and ${folders} folders. This cannot be undone.`}
            </Text>
          )}
        </Loaded>
        {remove.failure && <Failure message={remove.failure.message} status={remove.failure.status} />}
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button size="xs" color="red" loading={remove.busy} disabled={counts.kind !== 'loaded'} onClick={() => remove.run(uid)}>
            Delete the folder
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
