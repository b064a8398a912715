import { ActionIcon, Button, ColorInput, Group, NumberInput, Stack, Text } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import { array, object, optionalNumber, string, type Json } from '../../../lib/json';

/** From which values on which colour counts. */
export function Thresholds({ value, onChange }: { value: Json; onChange: (value: Json) => void }) {
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
