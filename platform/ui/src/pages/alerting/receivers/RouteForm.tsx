import { Button, Checkbox, Group, MultiSelect, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RouteFields } from '../../../lib/alerting/routeTree';

interface RouteFormProps {
  readonly fields: RouteFields;
  readonly isRoot: boolean;
  readonly receivers: readonly string[];
  readonly intervals: readonly string[];
  /** With the fields to be taken over, or without to leave all as it is. */
  readonly onDone: (fields: RouteFields | undefined) => void;
}

/** What one route says itself. */
export function RouteForm({ fields: start, isRoot, receivers, intervals, onDone }: RouteFormProps) {
  const [fields, setFields] = useState(start);
  const [matchers, setMatchers] = useState(start.matchers.join('\n'));
  const change = (part: Partial<RouteFields>) => setFields({ ...fields, ...part });
  const duration = (key: 'groupWait' | 'groupInterval' | 'repeatInterval', label: string, placeholder: string) => (
    <TextInput size="xs" w={150} label={label} placeholder={isRoot ? placeholder : 'as its parent'} value={fields[key]} onChange={(event) => change({ [key]: event.currentTarget.value.trim() })} />
  );
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-end">
        <Select size="xs" w={220} label="Receiver" placeholder={isRoot ? 'Choose' : 'as its parent'} clearable={!isRoot} searchable data={[...new Set([...receivers, fields.receiver].filter((name) => name !== ''))]} value={fields.receiver === '' ? null : fields.receiver} onChange={(receiver) => change({ receiver: receiver ?? '' })} />
        <TagsInput size="xs" style={{ flex: '1 1 220px' }} label="Grouped by" placeholder={isRoot ? 'nothing: one group' : 'as its parent'} data={['alertname', 'cluster', 'service', 'severity', '...']} value={[...fields.groupBy]} onChange={(groupBy) => change({ groupBy })} />
      </Group>
      {!isRoot && <Textarea size="xs" autosize minRows={1} label="Matchers, one a line" placeholder={'severity="critical"\nteam=~"core|infra"'} value={matchers} onChange={(event) => setMatchers(event.currentTarget.value)} />}
      <Group gap="sm">
        {duration('groupWait', 'Waits before telling', '30s')}
        {duration('groupInterval', 'Then at most every', '5m')}
        {duration('repeatInterval', 'Repeats after', '4h')}
      </Group>
      {!isRoot && (
        <Group gap="sm" align="flex-end">
          <MultiSelect size="xs" style={{ flex: '1 1 200px' }} label="Tells only within" data={[...new Set([...intervals, ...fields.active])]} value={[...fields.active]} onChange={(active) => change({ active })} />
          <MultiSelect size="xs" style={{ flex: '1 1 200px' }} label="Does not tell within" data={[...new Set([...intervals, ...fields.mute])]} value={[...fields.mute]} onChange={(mute) => change({ mute })} />
          <Checkbox size="xs" label="Continues with the next routes" checked={fields.goesOn} onChange={(event) => change({ goesOn: event.currentTarget.checked })} />
        </Group>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={() => onDone({ ...fields, matchers: matchers.split('\n').map((line) => line.trim()).filter((line) => line !== '') })}>
          Take over
        </Button>
        <Button size="xs" variant="default" onClick={() => onDone(undefined)}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
