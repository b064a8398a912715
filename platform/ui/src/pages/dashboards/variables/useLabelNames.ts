import { useQuery } from '@tanstack/react-query';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import type { AskedSource } from '../../../lib/template/resolve';
import type { VariableQuery } from '../../../lib/template/variableQuery';
import { askVariable } from './askVariable';

const STALE_MS = 60_000;

/** The labels that a source has in the time range of the page; asked once a list is opened. */
export function useLabelNames(source: AskedSource | undefined, enabled: boolean): readonly string[] {
  return useNames(source, { kind: 'labelNames', selector: undefined }, enabled);
}

/** The values of one label. */
export function useLabelValues(source: AskedSource | undefined, label: string, enabled: boolean): readonly string[] {
  return useNames(source, { kind: 'labelValues', label, selector: undefined }, enabled && label !== '');
}

function useNames(source: AskedSource | undefined, query: VariableQuery, enabled: boolean): readonly string[] {
  const { access } = useAccess();
  const { absolute, range } = useTime();
  const result = useQuery({
    queryKey: ['variable-names', access.tenant, access.token, source, query, range.from, range.to],
    queryFn: ({ signal }) => (source === undefined ? Promise.resolve([]) : askVariable(access, source, query, absolute, signal)),
    enabled: enabled && source !== undefined,
    staleTime: STALE_MS,
  });
  return (result.data ?? []).map(({ value }) => value);
}
