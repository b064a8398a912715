import { Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { setSettings } from '../../../lib/dashboard/edit';
import { QUERY_FORMS, queryFormOf, queryTextOf, withQueryText } from '../../../lib/dashboard/variableEdits';
import { number, string, type Json } from '../../../lib/json';
import type { SourceKind } from '../../../lib/query/dataSource';
import { DataSourceSelect } from './DataSourceSelect';

interface Props {
  readonly variable: Json;
  readonly variables: readonly Json[];
  readonly source: SourceKind;
  readonly onChange: (variable: Json) => void;
}

const SORT = ['as they come', 'alphabetical', 'alphabetical, last first', 'by number', 'by number, greatest first', 'alphabetical, without case', 'alphabetical, without case, last first', 'natural', 'natural, last first'].map((label, i) => ({ value: String(i), label }));
const REFRESH = ['never: as saved', 'when the dashboard opens', 'when the time range changes'].map((label, i) => ({ value: String(i), label }));

/** The query of a variable, and what happens to its answer. The text is kept as it is typed; the document has it in its own form. */
export function QueryVariableForm({ variable, variables, source, onChange }: Props) {
  const asked = source === 'prometheus' || source === 'loki' || source === 'tempo' ? source : undefined;
  const [text, setText] = useState(() => (asked === undefined ? '' : queryTextOf(variable, asked)));
  const set = (change: Json) => onChange(setSettings(variable, change));
  const write = (next: string) => {
    setText(next);
    if (asked !== undefined) onChange(setSettings(withQueryText(variable, next, asked), { options: undefined }));
  };
  const forms = asked === undefined ? [] : QUERY_FORMS[asked];
  const form = queryFormOf(text);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <DataSourceSelect value={variable['datasource']} variables={variables} onChange={(datasource) => set({ datasource })} />
        {asked !== undefined && (
          <Select
            size="xs"
            label="Asks for"
            placeholder="choose one"
            allowDeselect={false}
            value={forms.some(({ value }) => value === form) ? (form ?? null) : null}
            data={forms.map(({ value, label }) => ({ value, label }))}
            onChange={(value) => value !== null && value !== form && write(forms.find((one) => one.value === value)?.text ?? '')}
          />
        )}
      </SimpleGrid>
      {asked === undefined ? (
        <Text size="sm" c="dimmed">
          This data source does not answer here. Choose another one; the query stays in the document until then.
        </Text>
      ) : (
        <Textarea size="xs" label="Query" description={forms.map((one) => one.text).join(' · ')} autosize value={text} onChange={(event) => write(event.currentTarget.value)} />
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
        <TextInput size="xs" label="Pattern of the values" placeholder="/(.*)-prod/" value={string(variable['regex'])} onChange={(event) => set({ regex: event.currentTarget.value })} />
        <Select size="xs" label="Order" allowDeselect={false} value={String(number(variable['sort'], 0))} data={SORT} onChange={(value) => set({ sort: Number(value) })} />
        <Select size="xs" label="Asked again" allowDeselect={false} value={String(number(variable['refresh'], 0))} data={REFRESH} onChange={(value) => set({ refresh: Number(value) })} />
      </SimpleGrid>
    </>
  );
}
