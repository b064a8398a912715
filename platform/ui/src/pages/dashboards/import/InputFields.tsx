import { Select, Stack, TextInput } from '@mantine/core';
import { dataSources, type DataSourceEntry, type ImportInput } from '../../../api/dashboardImport';
import { useData } from '../../../app/useData';
import { Loaded } from '../../../components/states';

interface Props {
  readonly inputs: readonly ImportInput[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

/** What a shared dashboard asks for: a data source of a type, or a value. */
export function InputFields({ inputs, values, onChange }: Props) {
  const sources = useData(['data sources'], dataSources, { refreshes: false });
  return (
    <Loaded data={sources}>
      {(list) => (
        <Stack gap="sm">
          {inputs.map((input) => (
            <InputField key={input.name} input={input} sources={list} value={values[input.name] ?? ''} onChange={(value) => onChange({ ...values, [input.name]: value })} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

function InputField({ input, sources, value, onChange }: { input: ImportInput; sources: readonly DataSourceEntry[]; value: string; onChange: (value: string) => void }) {
  const label = input.label === '' ? input.name : input.label;
  const description = input.description === '' ? undefined : input.description;
  if (!input.isDataSource) {
    return <TextInput label={label} description={description} value={value} onChange={(event) => onChange(event.currentTarget.value)} required />;
  }
  const fitting = sources.filter(({ type }) => type === input.pluginId);
  // Where no source has the type, any may be taken: plugins that speak the language of another have types of their own.
  const offered = (fitting.length > 0 ? fitting : sources).map(({ uid, name }) => ({ value: uid, label: name }));
  const known = offered.some((item) => item.value === value);
  return (
    <Select
      label={label}
      description={description ?? (fitting.length > 0 ? undefined : `There is no data source of the type “${input.pluginId}”. Take the one that answers its queries.`)}
      data={known || value === '' ? offered : [...offered, { value, label: value }]}
      value={value === '' ? null : value}
      onChange={(uid) => onChange(uid ?? '')}
      placeholder="Choose a data source"
      allowDeselect={false}
      required
    />
  );
}
