import { roundInterval } from '../interval';
import type { AbsoluteRange } from '../time';

const UNITS_MS: readonly (readonly [string, number])[] = [
  ['y', 31_536_000_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** The interval that divides a range into about so many steps, not below the least one: Grafana's `auto`. */
export function autoInterval(range: AbsoluteRange, steps: number, least: string): string {
  const lengthMs = range.toMs - range.fromMs;
  return shortest(Math.max(roundInterval(lengthMs / Math.max(1, steps)), intervalMs(least) ?? 0));
}

/** `10s`, `>1m`, `500ms` in milliseconds. */
export function intervalMs(text: string): number | undefined {
  const match = /^>?(\d+(?:\.\d+)?)(ms|[smhdwMy])$/.exec(text.trim());
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, M: 2_592_000_000, y: 31_536_000_000 };
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 0) : undefined;
}

/** In the greatest unit that it reaches, rounded down. */
function shortest(ms: number): string {
  for (const [unit, unitMs] of UNITS_MS) {
    if (ms >= unitMs) return `${Math.floor(ms / unitMs)}${unit}`;
  }
  return `${Math.max(1, Math.floor(ms))}ms`;
}
