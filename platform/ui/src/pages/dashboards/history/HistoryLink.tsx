import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { Icon } from '../../../components/Icon';

/** From a dashboard to its versions. */
export function HistoryLink({ uid }: { uid: string }) {
  const href = useHref();
  return (
    <Tooltip label="History: versions, what changed, export">
      <ActionIcon component={Link} href={href(`/d/${encodeURIComponent(uid)}`, { history: 'on' })} variant="default" size={30} aria-label="History">
        <Icon name="history" />
      </ActionIcon>
    </Tooltip>
  );
}
