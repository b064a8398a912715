import { Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { REDUCERS } from '../../../lib/field/reducers';
import { array, object, string, type Json } from '../../../lib/json';

const OPERATIONS = [
  { value: '', label: 'ignored' },
  { value: 'groupby', label: 'group by' },
  { value: 'aggregate', label: 'calculate' },
];
const CALCULATIONS = REDUCERS.map(({ id, name }) => ({ value: id, label: name }));

/** By which fields rows are grouped, and what is calculated of the others. */
export function GroupByForm({ options, names, onChange }: { options: Json; names: readonly string[]; onChange: (options: Json) => void }) {
  const fields = object(options['fields']);
  const known = [...new Set([...names, ...Object.keys(fields)])];
  const set = (name: string, setting: Json | undefined) => {
    const others = Object.entries(fields).filter(([one]) => one !== name);
    onChange({ ...options, fields: Object.fromEntries(setting === undefined ? others : [...others, [name, setting]]) });
  };
  return (
    <Stack gap={4}>
      {known.length === 0 && (
        <Text size="xs" c="dimmed">
          There are no fields in the data yet.
        </Text>
      )}
      {known.map((name) => {
        const setting = Object.hasOwn(fields, name) ? object(fields[name]) : {};
        const operation = string(setting['operation']);
        const chosen = array(setting['aggregations']).filter((id) => typeof id === 'string');
        return (
          <Group key={name} gap={6}>
            <Text size="xs" w={160} className="edit-field-name">
              {name}
            </Text>
            <Select size="xs" w={130} aria-label={`What becomes of the field ${name}`} allowDeselect={false} value={operation} data={OPERATIONS} onChange={(next) => set(name, next === '' || next === null ? undefined : { aggregations: [], ...setting, operation: next })} />
            {operation === 'aggregate' && <MultiSelect size="xs" flex={1} miw={180} searchable aria-label={`Calculations of the field ${name}`} data={CALCULATIONS} limit={130} value={[...new Set(chosen)]} onChange={(aggregations) => set(name, { ...setting, aggregations })} />}
          </Group>
        );
      })}
    </Stack>
  );
}
