import { Chip, Group, SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import { findNotifications } from '../../../api/alerting';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty } from '../../../components/states';
import { formatMatcher, parseMatchers } from '../../../lib/alerting/matchers';
import { useReceivers } from '../alerts/useAlerts';
import { GroupFilter } from '../shared/GroupFilter';
import { MatcherFilter } from '../shared/MatcherFilter';
import { PagedList } from '../shared/PagedList';
import { usePages } from '../shared/usePages';
import { NotificationLine } from './NotificationLine';
import { Queues } from './Queues';

const PAGE = 100;
const STATUSES = ['pending', 'delivered', 'failed', 'replaced'] as const;

/** Who was told of what, and how that went; and the queues of what waits. */
export default function NotificationsPage() {
  const { params, patch } = useUrlState();
  const queues = params.get('view') === 'queues';
  return (
    <Stack gap="sm">
      <PageTitle title="Notifications" />
      <AlertingTabs />
      <SegmentedControl
        size="xs"
        aria-label="What is shown"
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'history', label: 'History' },
          { value: 'queues', label: 'Queues of receivers' },
        ]}
        value={queues ? 'queues' : 'history'}
        onChange={(value) => patch({ view: value === 'queues' ? 'queues' : undefined })}
      />
      {queues ? <Queues /> : <History />}
    </Stack>
  );
}

function History() {
  const { params } = useUrlState();
  const { absolute, range } = useTime();
  const receiver = params.get('receiver') ?? '';
  const group = params.get('group') ?? '';
  const status = params.getAll('status').filter((each) => STATUSES.some((known) => known === each));
  const inRange = params.get('inrange') === 'on';
  const parsed = parseMatchers(params.get('filter') ?? '');
  const filter = parsed.kind === 'parsed' ? parsed.matchers.map(formatMatcher) : [];
  const pages = usePages(['alerting', 'notifications', receiver, group, status, inRange && [range.from, range.to], filter], async (access, before, signal) => {
    const found = await findNotifications(
      access,
      {
        limit: PAGE,
        before,
        receiver: receiver === '' ? undefined : receiver,
        group: group === '' ? undefined : group,
        status,
        from: inRange ? new Date(absolute.fromMs).toISOString() : undefined,
        to: inRange ? new Date(absolute.toMs).toISOString() : undefined,
        filter,
      },
      signal,
    );
    return { items: found.notifications, next: found.next };
  });
  const narrowed = receiver !== '' || group !== '' || status.length > 0 || inRange || filter.length > 0;
  return (
    <>
      <Filters receiver={receiver} status={status} inRange={inRange} />
      <GroupFilter />
      <PagedList
        pages={pages}
        label="Notifications"
        rowHeight={72}
        empty={<Empty>{narrowed ? 'No notification that is kept is like that.' : 'Nothing has been sent. An alert that fires is sent to the receivers that the routes name for it, after the group’s wait.'}</Empty>}
        render={(notification) => <NotificationLine notification={notification} />}
      />
    </>
  );
}

function Filters({ receiver, status, inRange }: { receiver: string; status: readonly string[]; inRange: boolean }) {
  const { patch } = useUrlState();
  const receivers = useReceivers();
  const names = receivers.kind === 'loaded' ? receivers.value : [];
  return (
    <>
      <Group gap="xs" align="flex-start">
        <MatcherFilter label="Matchers that one of its alerts fulfils" />
        <Select
          label="Receiver"
          size="xs"
          w={170}
          placeholder="any"
          data={receiver === '' || names.includes(receiver) ? [...names] : [...names, receiver]}
          value={receiver === '' ? null : receiver}
          onChange={(value) => patch({ receiver: value ?? undefined })}
          searchable
          clearable
        />
      </Group>
      <Group gap="md">
        <Chip.Group multiple value={[...status]} onChange={(value) => patch({ status: value })}>
          <Group gap={6}>
            {STATUSES.map((each) => (
              <Chip key={each} value={each} size="xs">
                {each}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Switch size="xs" label="In the time range above" checked={inRange} onChange={(event) => patch({ inrange: event.currentTarget.checked ? 'on' : undefined })} />
      </Group>
    </>
  );
}
