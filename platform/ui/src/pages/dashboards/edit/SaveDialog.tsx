import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { saveDashboard } from '../../../api/dashboardStore';
import type { StoredDashboard } from '../../../api/grafana';
import { ApiError } from '../../../api/http';
import { useAccess } from '../../../app/access';
import { Failure } from '../../../components/states';
import type { Json } from '../../../lib/json';

interface Props {
  readonly stored: StoredDashboard;
  readonly json: Json;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Saves with a message. Where somebody has saved meanwhile, it asks before saving over it. */
export function SaveDialog({ stored, json, onClose, onSaved }: Props) {
  const { access } = useAccess();
  const client = useQueryClient();
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<ApiError | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const save = async (overwrite: boolean) => {
    setBusy(true);
    try {
      await saveDashboard(access, { ...json, version: stored.version }, { folderUid: stored.folderUid, message, overwrite });
      await client.invalidateQueries({ queryKey: ['dashboard', stored.uid] });
      onSaved();
    } catch (error) {
      setFailure(error instanceof ApiError ? error : new ApiError(String(error), 0, ''));
      setBusy(false);
    }
  };
  const conflict = failure?.status === 412;
  return (
    <Modal opened onClose={onClose} title="Save the dashboard">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Stack gap="sm">
          <TextInput label="What has changed" description="Shown in the history of the dashboard; may be left empty" value={message} onChange={(event) => setMessage(event.currentTarget.value)} data-autofocus />
          {failure && <Failure message={failure.message} />}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={onClose}>
              Back
            </Button>
            {conflict ? (
              <Button size="xs" color="red" loading={busy} onClick={() => void save(true)}>
                Save over the newer version
              </Button>
            ) : (
              <Button size="xs" type="submit" loading={busy}>
                Save
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
