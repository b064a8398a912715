import { Group, SegmentedControl, Select, Switch } from '@mantine/core';
import { useUrlState } from '../../../app/urlState';
import { ALERT_STATES, readAlertFilter } from '../../../lib/alerting/alertFilter';
import { MatcherFilter } from '../shared/MatcherFilter';
import { useReceivers } from './useAlerts';

const TOGGLES = [
  ['silenced', 'Silenced'],
  ['inhibited', 'Inhibited'],
  ['muted', 'Muted by times'],
] as const;

/** Which alerts are listed; all of it stands in the address. */
export function AlertFilters() {
  const { params, patch } = useUrlState();
  const filter = readAlertFilter(params);
  const receivers = useReceivers();
  const names = receivers.kind === 'loaded' ? receivers.value : [];
  const choices = filter.receiver === '' || names.includes(filter.receiver) ? names : [...names, filter.receiver];
  return (
    <>
      <Group gap="xs" align="flex-start">
        <MatcherFilter label="Matchers" />
        <Select label="State" size="xs" w={130} placeholder="any" data={[...ALERT_STATES]} value={filter.state ?? null} onChange={(state) => patch({ state: state ?? undefined })} clearable />
        <Select label="Receiver" size="xs" w={170} placeholder="any" data={[...choices]} value={filter.receiver === '' ? null : filter.receiver} onChange={(receiver) => patch({ receiver: receiver ?? undefined })} searchable clearable />
      </Group>
      <Group gap="md" justify="space-between">
        <Group gap="md">
          {TOGGLES.map(([name, label]) => (
            <Switch key={name} size="xs" label={label} checked={filter[name]} onChange={(event) => patch({ [name]: event.currentTarget.checked ? 'on' : undefined }, 'replace')} />
          ))}
        </Group>
        <SegmentedControl
          size="xs"
          aria-label="How alerts are listed"
          data={[
            { value: 'flat', label: 'Flat' },
            { value: 'groups', label: 'By group' },
          ]}
          value={filter.view}
          onChange={(view) => patch({ view: view === 'flat' ? undefined : view })}
        />
      </Group>
    </>
  );
}
