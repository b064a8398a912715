import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { setSettings } from '../../../lib/dashboard/edit';
import { nextRefId } from '../../../lib/dashboard/migrate';
import { readDataSource } from '../../../lib/dashboard/dataSourceRef';
import { array, object, optionalString, string, type Json } from '../../../lib/json';
import { resolveDataSource } from '../../../lib/query/dataSource';
import { EMPTY_SCOPE } from '../../../lib/template/createScope';

const PromqlEditor = lazy(() => import('../../metrics/PromqlEditor'));
const LogqlEditor = lazy(() => import('../../logs/LogqlEditor'));
const TraceqlEditor = lazy(() => import('../../../components/TraceqlEditor'));

type Asked = 'prometheus' | 'loki' | 'tempo';

const SOURCES: readonly { readonly value: Asked; readonly label: string }[] = [
  { value: 'prometheus', label: 'Metrics (PromQL)' },
  { value: 'loki', label: 'Logs (LogQL)' },
  { value: 'tempo', label: 'Traces (TraceQL)' },
];

/** The queries of a panel. */
export function QueryForms({ panel, onChange }: { panel: Json; onChange: (panel: Json) => void }) {
  const targets = array(panel['targets']).map(object);
  const set = (next: readonly Json[]) => onChange({ ...panel, targets: next });
  const add = () => set([...targets, { refId: nextRefId(new Set(targets.map((target) => target['refId']))), expr: '', datasource: targets.at(-1)?.['datasource'] ?? panel['datasource'] ?? { type: 'prometheus', uid: 'prometheus' } }]);
  return (
    <Stack gap="md">
      {targets.map((target, i) => (
        <QueryForm
          key={string(target['refId'], String(i))}
          target={target}
          panel={panel}
          onChange={(next) => set(targets.map((one, at) => (at === i ? next : one)))}
          onRemove={() => set(targets.filter((_, at) => at !== i))}
        />
      ))}
      <Group>
        <Button size="xs" variant="default" onClick={add}>
          Add query
        </Button>
      </Group>
    </Stack>
  );
}

interface FormProps {
  readonly target: Json;
  readonly panel: Json;
  readonly onChange: (target: Json) => void;
  readonly onRemove: () => void;
}

function QueryForm({ target, panel, onChange, onRemove }: FormProps) {
  const refId = string(target['refId']);
  const source = resolveDataSource(readDataSource(target['datasource']) ?? readDataSource(panel['datasource']), EMPTY_SCOPE, target);
  const asked = SOURCES.find(({ value }) => value === source.kind)?.value;
  const set = (change: Json) => onChange(setSettings(target, change));
  return (
    <Stack gap={6} className="card" p="xs" role="group" aria-label={`Query ${refId}`}>
      <Group gap="sm">
        <Text fw={600} size="sm">
          {refId}
        </Text>
        <Select
          size="xs"
          aria-label={`Source of query ${refId}`}
          value={asked ?? null}
          placeholder={source.name}
          data={[...SOURCES]}
          allowDeselect={false}
          onChange={(value) => value !== null && set({ datasource: { type: value, uid: value } })}
        />
        <Switch size="xs" label="Hidden" checked={target['hide'] === true} onChange={(event) => set({ hide: event.currentTarget.checked ? true : undefined })} />
        {asked === 'prometheus' && (
          <>
            <Switch size="xs" label="Only the newest value" checked={target['instant'] === true && target['range'] !== true} onChange={(event) => set(event.currentTarget.checked ? { instant: true, range: false } : { instant: false, range: true })} />
            <Switch size="xs" label="Exemplars" checked={target['exemplar'] === true} onChange={(event) => set({ exemplar: event.currentTarget.checked ? true : undefined })} />
            <Select size="xs" aria-label={`Format of query ${refId}`} value={optionalString(target['format']) ?? 'time_series'} data={['time_series', 'table', 'heatmap']} allowDeselect={false} onChange={(value) => set({ format: value ?? undefined })} />
          </>
        )}
        <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
          Remove
        </Button>
      </Group>
      <Suspense fallback={null}>
        {asked === 'prometheus' && <PromqlEditor value={string(target['expr'])} onChange={(expr) => set({ expr })} onRun={(expr) => set({ expr })} />}
        {asked === 'loki' && <LogqlEditor value={string(target['expr'])} onChange={(expr) => set({ expr })} onRun={(expr) => set({ expr })} />}
        {asked === 'tempo' && <TraceqlEditor value={string(target['query'])} onChange={(query) => set({ query, queryType: 'traceql' })} onRun={(query) => set({ query, queryType: 'traceql' })} />}
      </Suspense>
      {asked === undefined && (
        <Text size="sm" c="dimmed">
          This query is of the kind “{source.name}”. It is edited in the JSON of the panel.
        </Text>
      )}
      {asked !== undefined && <TextInput size="xs" label="Name of its series" placeholder="{{job}}" value={string(target['legendFormat'])} onChange={(event) => set({ legendFormat: event.currentTarget.value || undefined })} />}
    </Stack>
  );
}
