import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dashboard, type StoredDashboard } from '../../../api/grafana';
import { useData } from '../../../app/useData';
import { Loaded } from '../../../components/states';

interface Props {
  readonly uid: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: (stored: StoredDashboard) => ReactNode;
}

/** A dialog that changes a stored dashboard, or says why it cannot be changed. */
export function StoredDashboardDialog({ uid, title, onClose, children }: Props) {
  const stored = useData(['dashboard to change', uid], (access, signal) => dashboard(access, uid, signal), { refreshes: false });
  return (
    <Modal opened onClose={onClose} title={title}>
      <Loaded data={stored}>
        {(found) => {
          if (found.provisioned) {
            return <Text size="sm">This dashboard comes from a file and cannot be changed here. Change or move the file; it is read again by itself.</Text>;
          }
          return found.canSave ? children(found) : <Text size="sm">You may only read this dashboard. Enter a token of an administrator under “Tenant and token”, top right.</Text>;
        }}
      </Loaded>
    </Modal>
  );
}
