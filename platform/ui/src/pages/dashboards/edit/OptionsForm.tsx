import { Stack, Text, Title } from '@mantine/core';
import { optionGroups, withoutInputs } from '../../../lib/dashboard/panelOptions';
import { string, type Json } from '../../../lib/json';
import { OptionFields } from './OptionFields';

/** The options of the panel's type. */
export function OptionsForm({ panel, onChange }: { panel: Json; onChange: (panel: Json) => void }) {
  const type = string(panel['type']);
  return (
    <Stack gap="md" maw={960}>
      {optionGroups(type).map(({ title, fields }) => (
        <Stack key={title} gap={6} role="group" aria-label={title}>
          <Title order={3} size="h6">
            {title}
          </Title>
          <OptionFields fields={fields} json={panel} onChange={onChange} />
        </Stack>
      ))}
      <Text size="xs" c="dimmed">
        {withoutInputs(type)}
      </Text>
    </Stack>
  );
}
