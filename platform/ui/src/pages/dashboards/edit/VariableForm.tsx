import { Group, NumberInput, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { readDataSource } from '../../../lib/dashboard/dataSourceRef';
import { setSettings } from '../../../lib/dashboard/edit';
import { nameFailure, takesSeveral, VARIABLE_KINDS, withFixedText, withKind, withMulti, withSwitchValue } from '../../../lib/dashboard/variableEdits';
import { number, object, string, type Json } from '../../../lib/json';
import { resolveDataSource } from '../../../lib/query/dataSource';
import { EMPTY_SCOPE } from '../../../lib/template/createScope';
import { switchOptions } from '../../../lib/template/options';
import { DataSourceSelect } from './DataSourceSelect';
import { QueryVariableForm } from './QueryVariableForm';
import { VariablePreview } from './VariablePreview';

interface Props {
  readonly variables: readonly Json[];
  readonly index: number;
  readonly onChange: (variable: Json) => void;
}

const HIDE = ['label and value', 'value alone', 'nothing', 'in the menu of controls'].map((label, i) => ({ value: String(i), label }));
const OFFERING = ['query', 'custom', 'interval', 'datasource', 'switch'];

/** Everything of one variable; what this form does not know stays in its document. */
export function VariableForm({ variables, index, onChange }: Props) {
  const variable = variables[index] ?? {};
  const type = string(variable['type']);
  const name = string(variable['name']);
  const known = VARIABLE_KINDS.some(({ value }) => value === type);
  const failure = nameFailure(name, variables.filter((_, i) => i !== index).map((other) => string(other['name'])));
  const set = (change: Json) => onChange(setSettings(variable, change));
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <TextInput size="xs" label="Name" required value={name} error={failure} onChange={(event) => set({ name: event.currentTarget.value })} />
        <Select
          size="xs"
          label="Kind"
          allowDeselect={false}
          value={type}
          data={known ? [...VARIABLE_KINDS] : [{ value: type, label: type || 'unknown' }, ...VARIABLE_KINDS]}
          onChange={(value) => value !== null && value !== type && onChange(withKind(variable, value))}
        />
        <TextInput size="xs" label="Label" placeholder={name} value={string(variable['label'])} onChange={(event) => set({ label: event.currentTarget.value || undefined })} />
        <TextInput size="xs" label="Description" value={string(variable['description'])} onChange={(event) => set({ description: event.currentTarget.value || undefined })} />
        {type !== 'constant' && <Select size="xs" label="Show" allowDeselect={false} value={String(number(variable['hide'], 0))} data={HIDE} onChange={(value) => set({ hide: Number(value) })} />}
      </SimpleGrid>
      <KindForm variable={variable} variables={variables.filter((_, i) => i !== index)} onChange={onChange} />
      {takesSeveral(type) && <SelectionForm variable={variable} onChange={onChange} />}
      {failure === undefined && OFFERING.includes(type) && <VariablePreview variables={variables} index={index} />}
    </Stack>
  );
}

function KindForm({ variable, variables, onChange }: { variable: Json; variables: readonly Json[]; onChange: (variable: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(variable, change));
  const query = string(variable['query']);
  switch (variable['type']) {
    case 'query': {
      const { kind } = resolveDataSource(readDataSource(variable['datasource']), EMPTY_SCOPE, object(variable['query']));
      return <QueryVariableForm key={kind} variable={variable} variables={variables} source={kind} onChange={onChange} />;
    }
    case 'custom': {
      const json = variable['valuesFormat'] === 'json';
      return (
        <>
          <Select size="xs" label="Form of the values" allowDeselect={false} value={json ? 'json' : 'csv'} data={[{ value: 'csv', label: 'divided by commas' }, { value: 'json', label: 'JSON list' }]} onChange={(value) => set({ valuesFormat: value ?? undefined })} />
          <Textarea size="xs" label="Values" description={json ? '[{"text": "Live", "value": "prod"}, …]' : 'a, b, or with texts: Live : prod, Test : stage'} autosize value={query} onChange={(event) => set({ query: event.currentTarget.value, options: undefined })} />
        </>
      );
    }
    case 'interval':
      return (
        <>
          <TextInput size="xs" label="Intervals" placeholder="1m,10m,1h" value={query} onChange={(event) => set({ query: event.currentTarget.value, options: undefined })} />
          <Group align="end">
            <Switch size="xs" label="Offer auto" checked={variable['auto'] === true} onChange={(event) => set({ auto: event.currentTarget.checked, options: undefined })} />
            {variable['auto'] === true && (
              <>
                <NumberInput size="xs" w={140} label="Steps of auto" min={1} max={500} value={number(variable['auto_count'], 30)} onChange={(value) => set({ auto_count: Number(value) || 30 })} />
                <TextInput size="xs" w={140} label="Least step of auto" value={string(variable['auto_min'], '10s')} onChange={(event) => set({ auto_min: event.currentTarget.value })} />
              </>
            )}
          </Group>
        </>
      );
    case 'datasource':
      return <Select size="xs" label="Type of data source" allowDeselect={false} value={query} data={[...new Set(['prometheus', 'loki', 'tempo', 'alertmanager', query])].filter((one) => one !== '')} onChange={(value) => set({ query: value ?? undefined, options: undefined, current: undefined })} />;
    case 'textbox':
    case 'constant':
      return <TextInput size="xs" label={variable['type'] === 'constant' ? 'Value' : 'Value at first'} value={query} onChange={(event) => onChange(withFixedText(variable, event.currentTarget.value))} />;
    case 'adhoc':
    case 'groupby':
      return <DataSourceSelect value={variable['datasource']} variables={variables} onChange={(datasource) => set({ datasource })} />;
    case 'switch': {
      const [on, off] = switchOptions(variable);
      return (
        <Group grow>
          <TextInput size="xs" label="Value when on" value={on.value} onChange={(event) => onChange(withSwitchValue(variable, 'on', event.currentTarget.value))} />
          <TextInput size="xs" label="Value when off" value={off.value} onChange={(event) => onChange(withSwitchValue(variable, 'off', event.currentTarget.value))} />
        </Group>
      );
    }
    default:
      return null;
  }
}

function SelectionForm({ variable, onChange }: { variable: Json; onChange: (variable: Json) => void }) {
  const set = (change: Json) => onChange(setSettings(variable, change));
  const all = variable['includeAll'] === true;
  return (
    <Group align="end">
      <Switch size="xs" label="Several values" checked={variable['multi'] === true} onChange={(event) => onChange(withMulti(variable, event.currentTarget.checked))} />
      <Switch size="xs" label="Offer All" checked={all} onChange={(event) => set({ includeAll: event.currentTarget.checked })} />
      {all && <TextInput size="xs" label="What All stands for" placeholder="each value" value={string(variable['allValue'])} onChange={(event) => set({ allValue: event.currentTarget.value || undefined })} />}
    </Group>
  );
}
