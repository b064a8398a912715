import { ActionIcon, Menu } from '@mantine/core';
import { Link } from 'wouter';
import { useHref, useUrlState } from '../../../app/urlState';
import { Icon } from '../../../components/Icon';
import type { PanelModel } from '../../../lib/dashboard/model';
import type { PreparedTarget } from '../../../lib/query/prepare';
import { useDashboard } from '../dashboardContext';
import { alertAddress, exploreAddress } from '../panelAddress';

interface Props {
  readonly panel: PanelModel;
  readonly title: string;
  readonly targets: readonly PreparedTarget[];
  readonly onShare: () => void;
}

/** What can be done with a panel. */
export function PanelMenu({ panel, title, targets, onShare }: Props) {
  const { params, patch } = useUrlState();
  const { uid, canEdit } = useDashboard();
  const href = useHref();
  const viewed = params.has('viewPanel');
  const explore = exploreAddress(targets);
  const alert = alertAddress(targets, title, uid, panel.id);
  const inspect = (tab: string) => patch({ inspect: panel.key, inspectTab: tab });
  return (
    <Menu position="bottom-end" width={200} shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={`Menu of ${title === '' ? 'this panel' : title}`}>
          <Icon name="menu" size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => patch({ viewPanel: viewed ? undefined : panel.key })}>{viewed ? 'Back to the dashboard' : 'View'}</Menu.Item>
        {canEdit && <Menu.Item onClick={() => patch({ editPanel: String(panel.id), viewPanel: undefined })}>Edit</Menu.Item>}
        {explore && (
          <Menu.Item component={Link} href={href(explore.path, explore.change)}>
            Explore
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>Inspect</Menu.Label>
        <Menu.Item onClick={() => inspect('data')}>Data</Menu.Item>
        <Menu.Item onClick={() => inspect('query')}>Queries and statistics</Menu.Item>
        <Menu.Item onClick={() => inspect('json')}>JSON</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={onShare}>Share</Menu.Item>
        {alert && (
          <Menu.Item component={Link} href={href(alert.path, alert.change)}>
            Create alert
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
