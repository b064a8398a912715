import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { useUrlState } from '../../../app/urlState';
import type { DashboardModel, VariableModel } from '../../../lib/dashboard/model';
import { string } from '../../../lib/json';
import { ALL_VALUE } from '../../../lib/template/builtIns';
import { createScope, type ScopeContext } from '../../../lib/template/createScope';
import { filterLogql, filterPromql, groupPromql } from '../../../lib/template/filterQueries';
import { baseFilters, type AdHocFilter } from '../../../lib/template/filters';
import { dependants, resolveVariables, type ResolvedVariable } from '../../../lib/template/resolve';
import { scopeVariable, type Wanted } from '../../../lib/template/select';
import type { TemplateScope } from '../../../lib/template/scope';
import { askVariable } from './askVariable';

/** The variables of a dashboard as its page uses them. */
export interface DashboardVariables {
  /** What all of the dashboard sees. The same object until a value or the time range changes. */
  readonly scope: TemplateScope;
  readonly inputs: readonly ResolvedVariable[];
  /** Whether the first values are there: queries wait for it. */
  readonly ready: boolean;
  /** Whether newer values are under way. */
  readonly loading: boolean;
  /** Why variables have no values. */
  readonly failure: string | undefined;
  /** Chooses values of a variable; for a filter variable its filters as addresses have them. */
  readonly select: (name: string, values: readonly string[]) => void;
  /** Adds the dashboard's filters and groupings to an expression of a source. */
  readonly applyFilters: (expr: string, kind: 'prometheus' | 'loki') => string;
}

const ADDRESS_PREFIX = 'var-';
const OPTIONS_STALE_MS = 60_000;

/** Options and selections of a dashboard's variables. The address holds what is chosen, as `var-NAME`. */
export function useDashboardVariables(model: DashboardModel): DashboardVariables {
  const { access } = useAccess();
  const { absolute, range, tick } = useTime();
  const { params, patch } = useUrlState();
  const client = useQueryClient();
  // Selections that keep out of the address, and names whose selection may not fit what it depends on any more.
  const [local, setLocal] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [doubtful, setDoubtful] = useState<readonly string[]>([]);
  const { variables } = model;

  const wanted = useMemo(() => wantedOf(variables, params, local), [variables, params, local]);
  const refreshing = variables.some(({ refresh, type }) => refresh === 'range' && type === 'query');
  const moment = refreshing ? [range.from, range.to, tick] : [];
  const context = useMemo(
    (): ScopeContext => ({
      range: absolute,
      rawRange: range,
      timeZone: model.timezone === 'browser' ? undefined : model.timezone,
      dashboard: { uid: model.uid, title: model.title },
      org: { id: '1', name: access.tenant ?? 'default' },
      user: { id: '1', login: 'admin', email: '' },
      path: window.location.pathname,
      search: params.toString(),
    }),
    [absolute, range, model.timezone, model.uid, model.title, access.tenant, params],
  );

  const result = useQuery({
    queryKey: ['variables', model.uid, access.tenant, access.token, variables.map(({ json }) => json), wanted, doubtful, moment],
    queryFn: () =>
      resolveVariables(variables, {
        range: absolute,
        scope: context,
        wanted: (name): Wanted | undefined => {
          const values = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
          return values === undefined ? undefined : { values, trusted: !doubtful.includes(name) };
        },
        ask: (source, query, refreshes) =>
          client.fetchQuery({
            queryKey: ['variable-options', access.tenant, access.token, source, query, refreshes ? moment : []],
            queryFn: ({ signal }) => askVariable(access, source, query, absolute, signal),
            staleTime: OPTIONS_STALE_MS,
          }),
      }),
    enabled: variables.length > 0,
    placeholderData: (previous, query) => (query?.queryKey[1] === model.uid ? previous : undefined),
    staleTime: OPTIONS_STALE_MS,
  });

  const found = result.data;
  const inputs = useMemo(() => found ?? [], [found]);
  const settled = result.isPlaceholderData ? undefined : found;
  useEffect(() => {
    if (settled === undefined || doubtful.length === 0) {
      return;
    }
    // What did not fit any more was replaced: the address shall say so.
    const change = settled.filter(({ model: { name, skipUrlSync } }) => doubtful.includes(name) && !skipUrlSync && Object.hasOwn(wanted, name));
    patch(Object.fromEntries(change.map(({ model: { name }, selected }) => [`${ADDRESS_PREFIX}${name}`, selected.map(({ value }) => value)])), 'replace');
    setDoubtful([]);
  }, [settled, doubtful, wanted, patch]);

  const scope = useMemo(
    () => createScope(inputs.map((input) => (input.model.type === 'interval' ? scopeVariable(input.model, input.options, input.selected, absolute) : input.scoped)), context),
    [inputs, absolute, context],
  );
  const applyFilters = useMemo(() => filtersOf(inputs), [inputs]);
  const select = useCallback(
    (name: string, values: readonly string[]) => {
      const input = inputs.find((one) => one.model.name === name);
      const chosen = values.length > 0 ? values : emptyChoice(input);
      setDoubtful([...dependants(variables, name)].filter((other) => other !== name));
      if (input?.model.skipUrlSync === true) {
        setLocal((before) => ({ ...before, [name]: chosen }));
      } else {
        patch({ [`${ADDRESS_PREFIX}${name}`]: chosen.length === 1 && chosen[0] === '' ? [''] : chosen });
      }
    },
    [inputs, variables, patch],
  );
  const failures = inputs.flatMap(({ model: { label }, failure }) => (failure === undefined ? [] : [`${label}: ${failure}`]));
  return {
    scope,
    inputs,
    ready: variables.length === 0 || found !== undefined || result.isError,
    loading: result.isFetching,
    failure: result.error?.message ?? (failures.length > 0 ? failures.join(' · ') : undefined),
    select,
    applyFilters,
  };
}

function wantedOf(variables: readonly VariableModel[], params: URLSearchParams, local: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    variables.flatMap(({ name, skipUrlSync }) => {
      const values = skipUrlSync ? (Object.hasOwn(local, name) ? (local[name] ?? []) : []) : params.getAll(`${ADDRESS_PREFIX}${name}`);
      return values.length === 0 ? [] : [[name, values] as const];
    }),
  );
}

/** Nothing chosen means All or the first value, and no filter for those that may have none. */
function emptyChoice(input: ResolvedVariable | undefined): readonly string[] {
  if (input === undefined || ['adhoc', 'groupby', 'textbox'].includes(input.model.type)) {
    return [''];
  }
  const first = input.options[0]?.value;
  return input.model.includeAll ? [ALL_VALUE] : first === undefined ? [''] : [first];
}

function filtersOf(inputs: readonly ResolvedVariable[]): (expr: string, kind: 'prometheus' | 'loki') => string {
  const filters = (kind: 'prometheus' | 'loki'): AdHocFilter[] =>
    inputs
      .filter(({ model, source }) => model.type === 'adhoc' && source === kind && string(model.json['applyMode']) !== 'manual')
      .flatMap((input) => [...baseFilters(input.model.json), ...input.filters]);
  const byKind = { prometheus: filters('prometheus'), loki: filters('loki') };
  const keys = inputs.filter(({ model, source }) => model.type === 'groupby' && source === 'prometheus').flatMap(({ selected }) => selected.map(({ value }) => value));
  return (expr, kind) => (kind === 'prometheus' ? groupPromql(filterPromql(expr, byKind.prometheus), keys) : filterLogql(expr, byKind.loki));
}
