import { ActionIcon, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { moved } from '../../../lib/dashboard/optionFields';
import { object, string, type Json } from '../../../lib/json';
import { organizedNames } from '../../../lib/transform/transformForms';

/** Which fields are shown, in which order and under which names. */
export function OrganizeForm({ options, names, onChange }: { options: Json; names: readonly string[]; onChange: (options: Json) => void }) {
  const excluded = object(options['excludeByName']);
  const renamed = object(options['renameByName']);
  const index = object(options['indexByName']);
  const order = organizedNames([...names, ...Object.keys(excluded), ...Object.keys(renamed)], index);
  const put = (key: string, map: Json, name: string, value: unknown) => {
    const others = Object.entries(map).filter(([one]) => one !== name);
    onChange({ ...options, [key]: Object.fromEntries(value === undefined ? others : [...others, [name, value]]) });
  };
  const move = (from: number, to: number) => onChange({ ...options, indexByName: Object.fromEntries(moved(order, from, to).map((name, i) => [name, i])) });
  return (
    <Stack gap={4}>
      {order.length === 0 && (
        <Text size="xs" c="dimmed">
          There are no fields in the data yet.
        </Text>
      )}
      {order.map((name, at) => (
        <Group key={name} gap={6}>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move the field ${name} up`} disabled={at === 0} onClick={() => move(at, at - 1)}>
            ↑
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move the field ${name} down`} disabled={at === order.length - 1} onClick={() => move(at, at + 1)}>
            ↓
          </ActionIcon>
          <Checkbox size="xs" w={200} className="edit-field-name" label={name} aria-label={`Show the field ${name}`} checked={excluded[name] !== true} onChange={(event) => put('excludeByName', excluded, name, event.currentTarget.checked ? undefined : true)} />
          <TextInput size="xs" w={180} aria-label={`New name of the field ${name}`} placeholder="keeps its name" value={string(renamed[name])} onChange={(event) => put('renameByName', renamed, name, event.currentTarget.value || undefined)} />
        </Group>
      ))}
      {Object.keys(object(options['includeByName'])).length > 0 && (
        <Text size="xs" c="dimmed">
          Only the fields under includeByName are kept; that list is in the JSON of the panel.
        </Text>
      )}
    </Stack>
  );
}
