import type { PanelModel } from '../dashboard/model';
import { parseTime, type AbsoluteRange, type TimeRange } from '../time';
import type { TemplateScope } from '../template/scope';

export interface PanelTime {
  readonly range: AbsoluteRange;
  /** What the panel says of its own time, such as `Last 2h, 1d earlier`; undefined where it follows the dashboard. */
  readonly note: string | undefined;
}

const DURATION = /^\d+[smhdwMy](\/[smhdwMy])?$/;

/** The panel's own time: `timeFrom` in place of a relative range, then moved back by `timeShift`, by Grafana's rules. */
export function panelTime(panel: PanelModel, range: TimeRange, absolute: AbsoluteRange, nowMs: number, scope: TemplateScope): PanelTime {
  const notes: string[] = [];
  let own = absolute;
  const wanted = plain(panel.timeFrom, scope);
  if (wanted !== undefined && range.from.startsWith('now')) {
    // A whole unit, such as 1d/d, starts at its beginning.
    const fromMs = wanted.includes('/') ? parseTime(`now/${wanted.split('/')[1] ?? ''}`, nowMs, 'from') : parseTime(`now-${wanted}`, nowMs, 'from');
    if (fromMs !== undefined && fromMs < nowMs) {
      own = { fromMs, toMs: nowMs };
      notes.push(`Last ${wanted}`);
    }
  }
  const shift = plain(panel.timeShift, scope);
  if (shift !== undefined) {
    const [amount = '', unit] = shift.split('/');
    const suffix = unit === undefined ? '' : `/${unit}`;
    const fromMs = parseTime(`now-${amount}${suffix}`, own.fromMs, 'from');
    const toMs = parseTime(`now-${amount}${suffix}`, own.toMs, 'to');
    if (fromMs !== undefined && toMs !== undefined && fromMs < toMs) {
      own = { fromMs, toMs };
      notes.push(`${shift} earlier`);
    }
  }
  return { range: own, note: notes.length === 0 || panel.hideTimeOverride ? undefined : notes.join(', ') };
}

function plain(text: string | undefined, scope: TemplateScope): string | undefined {
  const replaced = scope.replace(text ?? '', 'text').trim().replace(/^now-|^-/, '');
  return DURATION.test(replaced) ? replaced : undefined;
}
