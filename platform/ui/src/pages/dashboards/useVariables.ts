import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { labelNames, labelValues, queryInstant } from '../../api/prometheus';
import type { Access } from '../../api/http';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import { useUrlState } from '../../app/urlState';
import type { Dashboard } from '../../lib/dashboard';
import { ALL, interpolatedValue, selectValues, type Variable } from '../../lib/dashboardVariable';
import { formatSeries } from '../../lib/labels';
import type { AbsoluteRange } from '../../lib/time';
import { filterOptions, interpolate, parseVariableQuery, sortOptions, type VariableValues } from '../../lib/variables';

export interface ResolvedVariable {
  readonly variable: Variable;
  readonly options: readonly string[];
  readonly selected: readonly string[];
}

export interface Variables {
  readonly resolved: readonly ResolvedVariable[];
  readonly values: VariableValues;
  readonly ready: boolean;
  readonly failure: string | undefined;
  readonly select: (name: string, selected: readonly string[]) => void;
}

/** Options and selections of a dashboard's variables. Each may refer to those before it; the address holds what is selected. */
export function useVariables(dashboard: Dashboard): Variables {
  const { access } = useAccess();
  const { absolute, range } = useTime();
  const { params, patch } = useUrlState();
  const wanted = Object.fromEntries(
    dashboard.variables.flatMap(({ name }) => {
      const selected = params.getAll(`var-${name}`);
      return selected.length === 0 ? [] : [[name, selected] as const];
    }),
  );
  const result = useQuery({
    queryKey: ['variables', dashboard.uid, access.tenant, access.token, range.from, range.to, wanted],
    queryFn: ({ signal }) => resolveAll(dashboard.variables, wanted, access, absolute, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const resolved = useMemo(() => result.data ?? [], [result.data]);
  const values = useMemo(
    () => Object.fromEntries(resolved.map(({ variable, options, selected }) => [variable.name, interpolatedValue(variable, selected, options)])),
    [resolved],
  );
  return {
    resolved,
    values,
    ready: dashboard.variables.length === 0 || result.data !== undefined || result.isError,
    failure: result.error?.message,
    select: (name, selected) => patch({ [`var-${name}`]: selected }),
  };
}

async function resolveAll(
  variables: readonly Variable[],
  wanted: Readonly<Record<string, string[]>>,
  access: Access,
  range: AbsoluteRange,
  signal: AbortSignal,
): Promise<ResolvedVariable[]> {
  const resolved: ResolvedVariable[] = [];
  const values: Record<string, string | readonly string[]> = {};
  for (const variable of variables) {
    const options = await optionsOf(variable, values, access, range, signal);
    const selected = selectValues(variable, options, wanted[variable.name]);
    resolved.push({ variable, options, selected });
    values[variable.name] = interpolatedValue(variable, selected, options);
  }
  return resolved;
}

async function optionsOf(variable: Variable, values: VariableValues, access: Access, range: AbsoluteRange, signal: AbortSignal): Promise<readonly string[]> {
  switch (variable.source.kind) {
    case 'options':
      return variable.source.options;
    case 'text':
      return [];
    case 'query': {
      const text = interpolate(variable.source.query, values, 'promql');
      const found = await runQuery(text, access, range, signal);
      return sortOptions(filterOptions(found, variable.source.regex), variable.source.sort).filter((option) => option !== ALL);
    }
  }
}

async function runQuery(text: string, access: Access, range: AbsoluteRange, signal: AbortSignal): Promise<string[]> {
  const query = parseVariableQuery(text);
  switch (query?.kind) {
    case 'labelValues':
      return labelValues(access, query.label, range, query.selector, signal);
    case 'labelNames':
      return labelNames(access, range, undefined, signal);
    case 'metrics':
      return labelValues(access, '__name__', range, `{__name__=~${JSON.stringify(query.pattern)}}`, signal);
    case 'queryResult': {
      const result = await queryInstant(access, query.expr, range.toMs, signal);
      return result.kind === 'vector' ? result.samples.map((sample) => `${formatSeries(sample.labels)} ${sample.value} ${sample.timeMs}`) : [];
    }
    case undefined:
      return [];
  }
}
