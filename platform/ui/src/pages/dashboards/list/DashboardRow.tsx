import { ActionIcon, Anchor, Badge, Menu, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { Icon } from '../../../components/Icon';
import type { LibraryEntry } from '../../../lib/dashboards/library';

export interface RowActions {
  readonly star: (entry: LibraryEntry) => void;
  readonly move: (entry: LibraryEntry) => void;
  readonly remove: (entry: LibraryEntry) => void;
}

/** One dashboard: star, title, folder, tags and a menu. */
export function DashboardRow({ entry, path, actions }: { entry: LibraryEntry; path: string; actions: RowActions }) {
  const href = useHref();
  const address = `/d/${encodeURIComponent(entry.uid)}`;
  return (
    <div className="dashboard-row">
      <ActionIcon variant="subtle" color={entry.starred ? 'yellow' : 'gray'} size={28} className={entry.starred ? 'star starred' : 'star'} aria-pressed={entry.starred} aria-label={`Star ${entry.title}`} onClick={() => actions.star(entry)}>
        <Icon name="star" />
      </ActionIcon>
      <div className="dashboard-row-text">
        <Anchor component={Link} href={href(address)} fw={600} className="wrap-anywhere dashboard-row-title">
          {entry.title}
        </Anchor>
        <Text size="xs" c="dimmed" className="wrap-anywhere" span>
          {path === '' ? 'in no folder' : path}
        </Text>
      </div>
      <div className="dashboard-row-tags">
        {entry.tags.map((tag) => (
          <Badge key={tag} component={Link} href={href('/dashboards', { tag })} size="sm" variant="light" tt="none" maw="100%" style={{ cursor: 'pointer' }}>
            {tag}
          </Badge>
        ))}
      </div>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={`Menu of ${entry.title}`}>
            <Icon name="menu" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} href={href(address, { history: 'on' })}>
            History
          </Menu.Item>
          <Menu.Item onClick={() => actions.move(entry)}>Move to a folder</Menu.Item>
          <Menu.Item color="red" onClick={() => actions.remove(entry)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
