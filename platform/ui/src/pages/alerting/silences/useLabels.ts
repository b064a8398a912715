import { useMemo } from 'react';
import { alertLabelNames, alertLabelValues } from '../../../api/alerting';
import { useData } from '../../../app/useData';
import type { ShownAlert } from '../../../lib/alerting/alertFilter';
import { useAlertsOfMoment } from '../alerts/useAlerts';

const NONE: readonly ShownAlert[] = [];
const VALUES_MAX = 1000;

/** The names of labels that alerts have now, or had over the last day where rules here have found them. */
export function useLabelNames(): string[] {
  const alerts = useKnown();
  const names = useData(['alerting', 'label names'], alertLabelNames, { refreshes: false });
  const past = names.kind === 'loaded' ? names.value : undefined;
  return useMemo(() => sorted([...(past ?? []), ...alerts.flatMap(({ labels }) => Object.keys(labels))]), [past, alerts]);
}

/** The values of a label, as far as they are known in the same way; undefined asks for none. */
export function useLabelValues(name: string | undefined): string[] {
  const alerts = useKnown();
  const values = useData(['alerting', 'label values', name], (access, signal) => alertLabelValues(access, name ?? '', signal), { enabled: name !== undefined, refreshes: false });
  const past = name !== undefined && values.kind === 'loaded' ? values.value : undefined;
  return useMemo(() => (name === undefined ? [] : sorted([...(past ?? []), ...alerts.flatMap(({ labels }) => labels[name] ?? [])])), [past, alerts, name]);
}

function useKnown(): readonly ShownAlert[] {
  const known = useAlertsOfMoment();
  return known.kind === 'loaded' ? known.value : NONE;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort().slice(0, VALUES_MAX);
}
