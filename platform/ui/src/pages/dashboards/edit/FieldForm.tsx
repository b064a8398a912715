import { Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { setSettings } from '../../../lib/dashboard/edit';
import { object, optionalNumber, string, type Json } from '../../../lib/json';
import { MappingsForm } from './MappingsForm';
import { Thresholds } from './Thresholds';
import { UnitSelect } from './UnitSelect';

/** How the values of a panel are written and coloured, unless an override says otherwise. */
export function FieldForm({ defaults, onChange }: { defaults: Json; onChange: (defaults: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(defaults, change));
  const number = (key: string, label: string) => <NumberInput label={label} value={optionalNumber(defaults[key]) ?? ''} onChange={(value) => set({ [key]: value === '' ? undefined : Number(value) })} />;
  return (
    <Stack gap="sm" maw={720}>
      <Group grow>
        <UnitSelect label="Unit" value={string(defaults['unit'])} onChange={(unit) => set({ unit: unit || undefined })} />
        {number('decimals', 'Decimals')}
      </Group>
      <Group grow>
        {number('min', 'Least value')}
        {number('max', 'Greatest value')}
        <TextInput label="Where there is no value" value={string(defaults['noValue'])} onChange={(event) => set({ noValue: event.currentTarget.value || undefined })} />
      </Group>
      <TextInput label="Name" placeholder="${__field.labels.job}" value={string(defaults['displayName'])} onChange={(event) => set({ displayName: event.currentTarget.value || undefined })} />
      <Thresholds value={object(defaults['thresholds'])} onChange={(thresholds) => set({ thresholds })} />
      <MappingsForm value={defaults['mappings']} onChange={(mappings) => set({ mappings: mappings.length === 0 ? undefined : mappings })} />
      <Text size="xs" c="dimmed">
        Links of values and colour schemes are in the JSON of the panel.
      </Text>
    </Stack>
  );
}
