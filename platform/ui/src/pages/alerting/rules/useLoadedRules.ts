import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { loadedGroup, loadedRules } from '../../../api/ruler';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { toData, useData, type Data } from '../../../app/useData';
import type { LoadedGroup, RuleLanguage } from '../../../lib/alerting/ruleGroups';

/**
 * All groups of the tenant, again on each refresh. An answer replaces the one before without being compared with it: of many
 * thousand rules the comparison costs more than drawing the few that are seen.
 */
export function useLoadedRules(): Data<readonly LoadedGroup[]> {
  const { access } = useAccess();
  const { tick } = useTime();
  const result = useQuery({
    queryKey: ['loaded rules', access.tenant, access.token, tick],
    queryFn: ({ signal }) => loadedRules(access, signal),
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  return toData<readonly LoadedGroup[]>(result);
}

/** One group; undefined where it is not loaded. */
export function useLoadedGroup(language: RuleLanguage, file: string, name: string): Data<LoadedGroup | null> {
  return useData(['loaded group', language, file, name], async (access, signal) => (await loadedGroup(access, language, file, name, signal)) ?? null);
}
