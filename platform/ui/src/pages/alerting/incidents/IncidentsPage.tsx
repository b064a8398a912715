import { Group, SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import { findIncidents } from '../../../api/alerting';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty } from '../../../components/states';
import { formatMatcher, parseMatchers } from '../../../lib/alerting/matchers';
import { describeRange } from '../../../lib/time';
import { useReceivers } from '../alerts/useAlerts';
import { GroupFilter } from '../shared/GroupFilter';
import { MatcherFilter } from '../shared/MatcherFilter';
import { PagedList } from '../shared/PagedList';
import { usePages } from '../shared/usePages';
import { IncidentLine } from './IncidentLine';

const PAGE = 100;
const STATES = ['all', 'open', 'ended'] as const;

/** What has happened to groups of alerts, newest first. */
export default function IncidentsPage() {
  const { params } = useUrlState();
  const { absolute, range } = useTime();
  const state = STATES.find((each) => each === params.get('state')) ?? 'all';
  const receiver = params.get('receiver') ?? '';
  const group = params.get('group') ?? '';
  const unseen = params.get('acknowledged') === 'false';
  const inRange = params.get('inrange') === 'on';
  const parsed = parseMatchers(params.get('filter') ?? '');
  const filter = parsed.kind === 'parsed' ? parsed.matchers.map(formatMatcher) : [];
  const pages = usePages(['alerting', 'incidents', state, receiver, group, unseen, inRange && [range.from, range.to], filter], async (access, before, signal) => {
    const found = await findIncidents(
      access,
      {
        limit: PAGE,
        before,
        state: state === 'all' ? undefined : state,
        receiver: receiver === '' ? undefined : receiver,
        group: group === '' ? undefined : group,
        acknowledged: unseen ? 'false' : undefined,
        from: inRange ? new Date(absolute.fromMs).toISOString() : undefined,
        to: inRange ? new Date(absolute.toMs).toISOString() : undefined,
        filter,
      },
      signal,
    );
    return { items: found.incidents, next: found.next };
  });
  const narrowed = state !== 'all' || receiver !== '' || group !== '' || unseen || inRange || filter.length > 0;
  return (
    <Stack gap="sm">
      <PageTitle title="Incidents" />
      <AlertingTabs />
      <Filters state={state} receiver={receiver} unseen={unseen} inRange={inRange} />
      <GroupFilter />
      <PagedList
        pages={pages}
        label="Incidents"
        rowHeight={78}
        empty={
          <Empty>
            {narrowed ? `No incident that is kept is like that${inRange ? ` (${describeRange(range).toLowerCase()})` : ''}.` : 'There has been no incident. One opens when the first alert of a group fires, and ends with the last that is over.'}
          </Empty>
        }
        render={(incident) => <IncidentLine incident={incident} />}
      />
    </Stack>
  );
}

function Filters({ state, receiver, unseen, inRange }: { state: string; receiver: string; unseen: boolean; inRange: boolean }) {
  const { patch } = useUrlState();
  const receivers = useReceivers();
  const names = receivers.kind === 'loaded' ? receivers.value : [];
  return (
    <>
      <Group gap="xs" align="flex-start">
        <MatcherFilter label="Search: matchers that one of its alerts fulfils" />
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
        <SegmentedControl
          size="xs"
          aria-label="State of the incidents"
          data={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Open' },
            { value: 'ended', label: 'Resolved' },
          ]}
          value={state}
          onChange={(value) => patch({ state: value === 'all' ? undefined : value })}
        />
        <Switch size="xs" label="Not acknowledged" checked={unseen} onChange={(event) => patch({ acknowledged: event.currentTarget.checked ? 'false' : undefined })} />
        <Switch size="xs" label="In the time range above" checked={inRange} onChange={(event) => patch({ inrange: event.currentTarget.checked ? 'on' : undefined })} />
      </Group>
    </>
  );
}
