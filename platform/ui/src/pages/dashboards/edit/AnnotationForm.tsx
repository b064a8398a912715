import { ColorInput, Group, MultiSelect, NumberInput, Select, SimpleGrid, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { annotationText, panelChoice, withAnnotationSource, withAnnotationText, withPanels, type PanelChoice } from '../../../lib/dashboard/annotationEdits';
import { readDataSource } from '../../../lib/dashboard/dataSourceRef';
import { setSettings } from '../../../lib/dashboard/edit';
import { array, number, object, optionalNumber, string, type Json } from '../../../lib/json';
import { resolveDataSource } from '../../../lib/query/dataSource';
import { EMPTY_SCOPE } from '../../../lib/template/createScope';
import { DataSourceSelect } from './DataSourceSelect';

interface Props {
  readonly annotation: Json;
  readonly variables: readonly Json[];
  readonly panels: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (annotation: Json) => void;
}

const CHOICES: readonly { readonly value: PanelChoice; readonly label: string }[] = [
  { value: 'all', label: 'all panels' },
  { value: 'only', label: 'only these panels' },
  { value: 'except', label: 'all but these panels' },
];

/** One annotation query; what this form does not know stays in its document. */
export function AnnotationForm({ annotation, variables, panels, onChange }: Props) {
  const set = (change: Json) => onChange(setSettings(annotation, change));
  const kind = kindOf(annotation['datasource'], annotation);
  const choice = panelChoice(annotation);
  const ids = array(object(annotation['filter'])['ids']).flatMap((id) => optionalNumber(id) ?? []);
  const name = string(annotation['name']);
  const builtIn = annotation['builtIn'] === 1 || annotation['builtIn'] === true;
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <TextInput size="xs" label="Name" required value={name} error={name.trim() === '' ? 'Give it a name.' : undefined} onChange={(event) => set({ name: event.currentTarget.value })} />
        <ColorInput size="xs" label="Color" fixOnBlur={false} value={string(annotation['iconColor'], 'rgba(0, 211, 255, 1)')} onChange={(iconColor) => set({ iconColor })} />
      </SimpleGrid>
      <Group>
        <Switch size="xs" label="Switched on" checked={annotation['enable'] !== false} onChange={(event) => set({ enable: event.currentTarget.checked })} />
        <Switch size="xs" label="Without a switch above the dashboard" checked={annotation['hide'] === true} onChange={(event) => set({ hide: event.currentTarget.checked })} />
      </Group>
      {builtIn ? (
        <Text size="sm" c="dimmed">
          These are the annotations that were made on this dashboard.
        </Text>
      ) : (
        <>
          <DataSourceSelect value={annotation['datasource']} variables={variables} stored onChange={(source) => onChange(withAnnotationSource(annotation, source, kindOf(source, {}) === kind))} />
          <QueryOf annotation={annotation} kind={kind} onChange={onChange} />
        </>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Select size="xs" label="Shown in" allowDeselect={false} value={choice} data={[...CHOICES]} onChange={(value) => onChange(withPanels(annotation, CHOICES.find((one) => one.value === value)?.value ?? 'all', ids))} />
        {choice !== 'all' && <MultiSelect size="xs" label="Panels" searchable value={ids.map(String)} data={[...panels]} onChange={(chosen) => onChange(withPanels(annotation, choice, chosen.map(Number)))} />}
      </SimpleGrid>
    </Stack>
  );
}

function kindOf(source: unknown, query: Json) {
  return resolveDataSource(readDataSource(source), EMPTY_SCOPE, { ...query, ...object(query['target']) }).kind;
}

function QueryOf({ annotation, kind, onChange }: { annotation: Json; kind: string; onChange: (annotation: Json) => void }) {
  const text = (name: string, label: string, placeholder = '') => (
    <TextInput size="xs" label={label} placeholder={placeholder} value={annotationText(annotation, name)} onChange={(event) => onChange(withAnnotationText(annotation, name, event.currentTarget.value))} />
  );
  const query = (name: string, label: string) => (
    <Textarea size="xs" label={label} autosize ff="monospace" value={annotationText(annotation, name)} onChange={(event) => onChange(withAnnotationText(annotation, name, event.currentTarget.value))} />
  );
  const formats = (
    <>
      {text('titleFormat', 'Title', '{{alertname}}')}
      {text('textFormat', 'Text', '{{instance}}')}
      {text('tagKeys', 'Labels that become tags', 'job,instance')}
    </>
  );
  switch (kind) {
    case 'grafana':
      return <StoredForm annotation={annotation} onChange={onChange} />;
    case 'prometheus':
      return (
        <>
          {query('expr', 'Query (PromQL): an annotation where its value is above 0')}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            {formats}
            {text('step', 'Least step', '1m')}
            {text('changesOf', 'Or: where this label changes', 'version')}
            {text('changesBy', 'Changes of each', 'job')}
          </SimpleGrid>
        </>
      );
    case 'loki':
      return (
        <>
          {query('expr', 'Query (LogQL): an annotation for each line')}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
            {formats}
          </SimpleGrid>
        </>
      );
    case 'tempo':
      return query('query', 'Query (TraceQL): an annotation for each trace');
    default:
      return (
        <Text size="sm" c="dimmed">
          This data source does not answer here. Choose another one, or change the query in the JSON.
        </Text>
      );
  }
}

function StoredForm({ annotation, onChange }: { annotation: Json; onChange: (annotation: Json) => void }) {
  const given: Json = { ...annotation, ...object(annotation['target']) };
  const set = (change: Json) => onChange({ ...annotation, target: setSettings(object(annotation['target']), change) });
  const byTags = string(given['type'], 'dashboard') === 'tags';
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
      <Select size="xs" label="Which" allowDeselect={false} value={byTags ? 'tags' : 'dashboard'} data={[{ value: 'dashboard', label: 'of this dashboard' }, { value: 'tags', label: 'with tags, of every dashboard' }]} onChange={(value) => set({ type: value ?? undefined })} />
      <NumberInput size="xs" label="At most" min={1} max={5000} value={number(given['limit'], 100)} onChange={(value) => set({ limit: Number(value) || 100 })} />
      {byTags && (
        <>
          <TagsInput size="xs" label="Tags" value={array(given['tags']).filter((tag): tag is string => typeof tag === 'string')} onChange={(tags) => set({ tags })} />
          <Switch size="xs" label="One of the tags is enough" checked={given['matchAny'] === true} onChange={(event) => set({ matchAny: event.currentTarget.checked })} />
        </>
      )}
    </SimpleGrid>
  );
}
