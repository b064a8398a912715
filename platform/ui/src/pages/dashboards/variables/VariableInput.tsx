import { Switch, TextInput } from '@mantine/core';
import { switchOptions } from '../../../lib/template/options';
import type { ResolvedVariable } from '../../../lib/template/resolve';
import { FilterBuilder } from './FilterBuilder';
import { GroupByPicker } from './GroupByPicker';
import { OptionPicker } from './OptionPicker';

interface VariableInputProps {
  readonly input: ResolvedVariable;
  readonly loading: boolean;
  readonly onSelect: (values: readonly string[]) => void;
}

/** What one variable is chosen with, beside its label. */
export function VariableInput({ input, loading, onSelect }: VariableInputProps) {
  const { model, options, selected } = input;
  switch (model.type) {
    case 'constant':
    case 'system':
      return null;
    case 'textbox':
      return <TextVariable key={selected[0]?.value ?? ''} label={model.label} value={selected[0]?.value ?? ''} onSelect={onSelect} />;
    case 'switch': {
      const [on, off] = switchOptions(model.json);
      const isOn = selected[0]?.value === on.value;
      return <Switch size="sm" checked={isOn} aria-label={model.label} onChange={(event) => onSelect([event.currentTarget.checked ? on.value : off.value])} />;
    }
    case 'adhoc':
      return <FilterBuilder input={input} onSelect={onSelect} />;
    case 'groupby':
      return <GroupByPicker input={input} onSelect={onSelect} />;
    case 'query':
    case 'custom':
    case 'interval':
    case 'datasource':
      return (
        <OptionPicker
          label={model.label}
          options={options}
          selected={selected}
          multi={model.multi}
          includeAll={model.includeAll}
          custom={model.allowCustomValue && (model.type === 'query' || model.type === 'custom')}
          loading={loading}
          onSelect={onSelect}
        />
      );
  }
}

/** Takes over what is typed when it is left or confirmed. */
function TextVariable({ label, value, onSelect }: { label: string; value: string; onSelect: (values: readonly string[]) => void }) {
  const take = (next: string) => {
    if (next !== value) onSelect([next]);
  };
  return (
    <TextInput
      size="xs"
      className="variable-control"
      aria-label={label}
      defaultValue={value}
      placeholder="Type a value"
      onBlur={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}
