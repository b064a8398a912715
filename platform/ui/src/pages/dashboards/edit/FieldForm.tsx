import { ActionIcon, Button, ColorInput, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import { setSettings } from '../../../lib/dashboard/edit';
import { array, object, optionalNumber, string, type Json } from '../../../lib/json';
import { UNITS } from '../../../lib/units/format';

/** Each unit once: some stand in several groups. */
const UNIT_CHOICES = (() => {
  const seen = new Set<string>();
  return UNITS.map(({ name, units }) => ({ group: name, items: units.filter(({ id }) => !seen.has(id) && seen.add(id)).map(({ id, name: label }) => ({ value: id, label })) }));
})();

const UNIT_IDS = new Set(UNIT_CHOICES.flatMap(({ items }) => items.map(({ value }) => value)));

/** How the values of a panel are written and coloured, unless an override says otherwise. */
export function FieldForm({ defaults, onChange }: { defaults: Json; onChange: (defaults: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(defaults, change));
  const number = (key: string, label: string) => <NumberInput label={label} value={optionalNumber(defaults[key]) ?? ''} onChange={(value) => set({ [key]: value === '' ? undefined : Number(value) })} />;
  const unit = string(defaults['unit']);
  return (
    <Stack gap="sm" maw={720}>
      <Group grow>
        <Select label="Unit" searchable clearable value={unit === '' ? null : unit} data={unit === '' || UNIT_IDS.has(unit) ? UNIT_CHOICES : [{ group: 'Of this panel', items: [{ value: unit, label: unit }] }, ...UNIT_CHOICES]} onChange={(value) => set({ unit: value ?? undefined })} limit={200} />
        {number('decimals', 'Decimals')}
      </Group>
      <Group grow>
        {number('min', 'Least value')}
        {number('max', 'Greatest value')}
        <TextInput label="Where there is no value" value={string(defaults['noValue'])} onChange={(event) => set({ noValue: event.currentTarget.value || undefined })} />
      </Group>
      <TextInput label="Name" placeholder="${__field.labels.job}" value={string(defaults['displayName'])} onChange={(event) => set({ displayName: event.currentTarget.value || undefined })} />
      <Thresholds value={object(defaults['thresholds'])} onChange={(thresholds) => set({ thresholds })} />
      <Text size="xs" c="dimmed">
        Mappings, links, overrides and the options of the type are in the JSON of the panel.
      </Text>
    </Stack>
  );
}

function Thresholds({ value, onChange }: { value: Json; onChange: (value: Json) => void }) {
  const steps = array(value['steps']).map(object);
  const set = (next: readonly Json[]) => onChange({ mode: 'absolute', ...value, steps: next });
  const update = (at: number, change: Json) => set(steps.map((step, i) => (i === at ? { ...step, ...change } : step)));
  return (
    <Stack gap={6} role="group" aria-label="Thresholds">
      <Text size="sm" fw={500}>
        Thresholds
      </Text>
      {steps.map((step, i) => (
        <Group key={i} gap={6} wrap="nowrap">
          {i === 0 ? (
            <Text size="sm" w={130}>
              below all others
            </Text>
          ) : (
            <NumberInput size="xs" w={130} aria-label={`Threshold ${i}`} value={optionalNumber(step['value']) ?? 0} onChange={(next) => update(i, { value: Number(next) })} />
          )}
          <ColorInput size="xs" aria-label={`Colour of threshold ${i}`} value={string(step['color'])} onChange={(color) => update(i, { color })} fixOnBlur={false} />
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove threshold ${i}`} onClick={() => set(steps.filter((_, at) => at !== i))}>
            <Icon name="close" size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => set(steps.length === 0 ? [{ value: null, color: 'green' }, { value: 80, color: 'red' }] : [...steps, { value: (optionalNumber(steps.at(-1)?.['value']) ?? 0) + 10, color: 'red' }])}>
          Add threshold
        </Button>
      </Group>
    </Stack>
  );
}
