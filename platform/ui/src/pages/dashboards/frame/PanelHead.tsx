import { ActionIcon, Loader, Menu, Text, Tooltip } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import type { PanelModel } from '../../../lib/dashboard/model';
import { resolveLink } from '../../../lib/field/links';
import { safeHref } from '../../../lib/safeUrl';
import type { TemplateScope } from '../../../lib/template/scope';
import type { PanelData } from '../panels/panel';

/** The links of a panel's head: one as an icon, several as a menu. Those that must not be followed are shown as text. */
export function PanelLinks({ panel, scope }: { panel: PanelModel; scope: TemplateScope }) {
  if (panel.links.length === 0) {
    return null;
  }
  const links = panel.links.map((link) => resolveLink(link, scope));
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Links of this panel">
          <Icon name="link" size={13} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {links.map((link, index) =>
          'href' in link ? (
            <Menu.Item key={index} component="a" href={safeHref(link.href) ?? './'} {...(link.targetBlank ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
              {link.title === '' ? link.href : link.title}
            </Menu.Item>
          ) : (
            <Menu.Item key={index} disabled title={link.reason}>
              {link.title}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the servers and the panel's settings say of its data: warnings of queries, settings that are not followed. */
export function PanelNotices({ data }: { data: PanelData }) {
  const notices = [...data.frames, ...data.raw].flatMap((frame) => frame.meta?.notices ?? []);
  const texts = [...new Set(notices.map((notice) => notice.text))];
  if (texts.length === 0) {
    return null;
  }
  const serious = notices.some((notice) => notice.severity !== 'info');
  return (
    <Tooltip label={texts.join('\n')} multiline maw={420} events={{ hover: true, focus: true, touch: true }} style={{ whiteSpace: 'pre-line' }}>
      <ActionIcon variant="subtle" color={serious ? 'orange' : 'gray'} size="sm" aria-label={`Notices: ${texts.join(' ')}`}>
        <Icon name={serious ? 'warning' : 'info'} size={13} />
      </ActionIcon>
    </Tooltip>
  );
}

/** What a panel says beside its title: what it is about, and a time of its own. */
export function PanelNotes({ description, note, loading }: { description: string; note: string | undefined; loading: boolean }) {
  return (
    <>
      {note !== undefined && (
        <Text component="span" size="xs" c="dimmed" truncate title="This panel has a time of its own">
          {note}
        </Text>
      )}
      {loading && <Loader size={12} aria-label="Loading" />}
      {description !== '' && (
        <Tooltip label={description} multiline maw={360} events={{ hover: true, focus: true, touch: true }} style={{ whiteSpace: 'pre-line' }}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`What this panel shows: ${description}`}>
            <Icon name="info" size={13} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
