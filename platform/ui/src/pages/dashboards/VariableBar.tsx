import { Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { ALL } from '../../lib/dashboardVariable';
import type { ResolvedVariable, Variables } from './useVariables';

export function VariableBar({ variables }: { variables: Variables }) {
  const shown = variables.resolved.filter(({ variable }) => !variable.hidden);
  if (shown.length === 0) {
    return null;
  }
  return (
    <Group gap="xs">
      {shown.map((entry) => (
        <VariableInput key={entry.variable.name} entry={entry} onSelect={(selected) => variables.select(entry.variable.name, selected)} />
      ))}
    </Group>
  );
}

function VariableInput({ entry, onSelect }: { entry: ResolvedVariable; onSelect: (selected: readonly string[]) => void }) {
  const { variable, options, selected } = entry;
  const data = [...(variable.includeAll ? [{ value: ALL, label: 'All' }] : []), ...[...new Set(options)].map((value) => ({ value, label: value }))];
  const common = { label: variable.label, size: 'xs' as const, maw: '100%' };
  if (variable.source.kind === 'text') {
    return (
      <TextInput
        {...common}
        key={selected[0] ?? ''}
        defaultValue={selected[0] ?? ''}
        onBlur={(event) => onSelect([event.currentTarget.value])}
        onKeyDown={(event) => event.key === 'Enter' && onSelect([event.currentTarget.value])}
      />
    );
  }
  if (variable.multi) {
    const choose = (next: string[]) => onSelect(next.at(-1) === ALL ? [ALL] : next.filter((value) => value !== ALL));
    return <MultiSelect {...common} data={data} value={[...selected]} onChange={choose} searchable miw={140} />;
  }
  return <Select {...common} data={data} value={selected[0] ?? null} onChange={(value) => value !== null && onSelect([value])} searchable allowDeselect={false} w={170} />;
}
