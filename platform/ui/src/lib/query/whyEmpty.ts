import type { PanelModel } from '../dashboard/model';
import type { TemplateScope } from '../template/scope';
import { referencedNames } from '../template/createScope';
import type { PreparedTarget } from './prepare';

/** Variables that a panel's queries refer to and that have no value. */
export function emptyVariables(panel: PanelModel, scope: TemplateScope): string[] {
  const texts = panel.targets.filter((target) => !target.hide).map((target) => JSON.stringify([target.json['expr'], target.json['query']]));
  const names = [...new Set(texts.flatMap(referencedNames))].filter((name) => !name.startsWith('__'));
  return names.filter((name) => {
    const values = scope.values(name);
    return values !== undefined && values.every((value) => value === '');
  });
}

interface KeptRecords {
  readonly signal: string;
  readonly keepSeconds: number;
}

/** How long back there can be data for any of the queries; undefined where that is not known. */
export function retentionMs(targets: readonly PreparedTarget[], metricsMs: number | undefined, records: readonly KeptRecords[]): number | undefined {
  const kept = targets.map((target) => {
    switch (target.kind) {
      case 'prometheus':
        return metricsMs;
      case 'loki':
        return longest(records, 'logs');
      case 'tempo':
        return longest(records, 'traces');
      default:
        return undefined;
    }
  });
  return kept.some((ms) => ms === undefined) ? undefined : Math.max(...kept.map((ms) => ms ?? 0));
}

function longest(records: readonly KeptRecords[], signal: string): number | undefined {
  const seconds = records.filter((record) => record.signal === signal).map((record) => record.keepSeconds);
  // 0 keeps for ever.
  return seconds.length === 0 || seconds.includes(0) ? undefined : Math.max(...seconds) * 1000;
}
