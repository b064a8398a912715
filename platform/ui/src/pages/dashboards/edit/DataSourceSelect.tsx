import { Select } from '@mantine/core';
import { readDataSource } from '../../../lib/dashboard/dataSourceRef';
import { string, type Json } from '../../../lib/json';
import { resolveDataSource } from '../../../lib/query/dataSource';
import { EMPTY_SCOPE } from '../../../lib/template/createScope';

const SOURCES: readonly { readonly type: string; readonly uid: string; readonly label: string }[] = [
  { type: 'prometheus', uid: 'prometheus', label: 'Metrics (Prometheus)' },
  { type: 'loki', uid: 'loki', label: 'Logs (Loki)' },
  { type: 'tempo', uid: 'tempo', label: 'Traces (Tempo)' },
];

const GRAFANA = { type: 'grafana', uid: '-- Grafana --', label: 'Annotations that are stored here' };

interface Props {
  readonly value: unknown;
  readonly variables: readonly Json[];
  /** Whether annotations that are stored may be asked. */
  readonly stored?: boolean;
  readonly onChange: (source: Json) => void;
}

/** What answers: one of the stores, or what a variable of data sources stands for. A source of another installation stays until another is chosen. */
export function DataSourceSelect({ value, variables, stored = false, onChange }: Props) {
  const current = readDataSource(value);
  const offered = [
    ...(stored ? [GRAFANA] : []),
    ...SOURCES,
    ...variables.filter((variable) => variable['type'] === 'datasource').map((variable) => ({ type: string(variable['query']), uid: `\${${string(variable['name'])}}`, label: `Variable ${string(variable['name'])}` })),
  ];
  const resolved = resolveDataSource(current, EMPTY_SCOPE);
  const chosen =
    offered.find(({ uid }) => uid === current?.uid) ??
    offered.find(({ uid }) => /^\$\w+$/.test(current?.uid ?? '') && uid === `\${${(current?.uid ?? '').slice(1)}}`) ??
    offered.find(({ type }) => current?.uid === undefined && type === current?.type);
  const key = chosen?.uid ?? 'as-it-is';
  const data = offered.map(({ uid, label }) => ({ value: uid, label }));
  return (
    <Select
      label="Data source"
      size="xs"
      allowDeselect={false}
      value={key}
      data={chosen === undefined ? [{ value: key, label: current === undefined ? `Default: ${resolved.name}` : `${current.uid ?? current.type ?? ''}: ${resolved.name}` }, ...data] : data}
      onChange={(uid) => {
        const source = offered.find((one) => one.uid === uid);
        if (source !== undefined) onChange({ type: source.type, uid: source.uid });
      }}
    />
  );
}
