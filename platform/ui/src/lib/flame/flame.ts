import type { DataFrame, Field } from '../frame/frame';

/** One box: a function as it was called by those above it. */
export interface FlameItem {
  readonly index: number;
  readonly label: string;
  readonly level: number;
  /** Where it begins, in the unit of values from the start of the root. */
  readonly start: number;
  /** Of a comparison, both sides together. */
  readonly value: number;
  readonly self: number;
  /** Of the right side of a comparison. */
  readonly right: number | undefined;
  /** The item that calls it; -1 for a root. */
  readonly parent: number;
}

export interface Flame {
  /** Depth first, each before what it calls. */
  readonly items: readonly FlameItem[];
  readonly levels: readonly (readonly FlameItem[])[];
  readonly total: number;
  readonly totalRight: number | undefined;
  readonly cut: boolean;
}

export type ReadFlame = { readonly kind: 'flame'; readonly flame: Flame } | { readonly kind: 'unreadable'; readonly message: string };

const COLUMNS: readonly (readonly [string, readonly Field['type'][]])[] = [
  ['label', ['string', 'other']],
  ['level', ['number']],
  ['value', ['number']],
  ['self', ['number']],
];
const MAX_ITEMS = 200_000;
const MAX_LEVELS = 1000;

/** Reads a nested set: rows depth first, each with its level, as profilers answer it. */
export function readFlame(frame: DataFrame): ReadFlame {
  // A transformation renames a column by its display name.
  const field = (name: string) => frame.fields.find((entry) => entry.name === name) ?? frame.fields.find((entry) => entry.config.displayName === name);
  const missing = COLUMNS.filter(([name]) => field(name) === undefined).map(([name]) => name);
  if (missing.length > 0) {
    return { kind: 'unreadable', message: `A flame graph needs the columns label, level, value and self; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.` };
  }
  const wrong = COLUMNS.find(([name, types]) => !types.includes(field(name)?.type ?? 'other'));
  if (wrong) {
    return { kind: 'unreadable', message: `The column ${wrong[0]} of a flame graph must hold ${wrong[0] === 'label' ? 'texts' : 'numbers'}.` };
  }
  return { kind: 'flame', flame: nested(frame, field) };
}

function nested(frame: DataFrame, field: (name: string) => Field | undefined): Flame {
  const [labels, levels, values, selves, rights] = ['label', 'level', 'value', 'self', 'valueRight'].map((name) => field(name)?.values);
  const names = labelNames(field('label'));
  const items: FlameItem[] = [];
  const byLevel: FlameItem[][] = [];
  // The way from the root to the last item, and where the next child of each begins.
  const path: { item: FlameItem; next: number }[] = [];
  let rootEnd = 0;
  const length = Math.min(frame.length, MAX_ITEMS);
  for (let row = 0; row < length; row++) {
    // A level that skips one cannot be: it is taken for a child of the row before.
    const level = Math.min(path.length, Math.max(0, Math.floor(numberAt(levels, row))));
    path.length = level;
    const above = path.at(-1);
    const right = rights === undefined ? undefined : Math.max(0, numberAt(rights, row));
    const value = Math.max(0, numberAt(values, row)) + (right ?? 0);
    const start = above ? above.next : rootEnd;
    const item: FlameItem = { index: row, label: names(labels?.[row]), level, start, value, self: Math.max(0, numberAt(selves, row)), right, parent: above?.item.index ?? -1 };
    if (above) above.next += value;
    else rootEnd += value;
    items.push(item);
    if (level < MAX_LEVELS) (byLevel[level] ??= []).push(item);
    path.push({ item, next: start });
  }
  const roots = byLevel[0] ?? [];
  return {
    items,
    levels: byLevel,
    total: rootEnd,
    totalRight: rights === undefined ? undefined : roots.reduce((sum, root) => sum + (root.right ?? 0), 0),
    cut: frame.length > MAX_ITEMS || byLevel.length >= MAX_LEVELS,
  };
}

function numberAt(values: readonly unknown[] | undefined, row: number): number {
  const value = values?.[row];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** Labels may be numbers of a list that the field's configuration holds. */
function labelNames(field: Field | undefined): (value: unknown) => string {
  const type = field?.config.custom?.['type'] ?? (field?.config as { readonly type?: unknown } | undefined)?.type;
  const list = typeof type === 'object' && type !== null && 'enum' in type && typeof type.enum === 'object' && type.enum !== null && 'text' in type.enum ? type.enum.text : undefined;
  return (value) => (Array.isArray(list) && typeof value === 'number' ? String(list[value] ?? value) : value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
}

export interface FlameBar {
  readonly item: FlameItem;
  /** Shares of the width in [0, 1]. */
  readonly left: number;
  readonly width: number;
}

/** The boxes of a level that can be seen when `focus` fills the width: what holds it, itself and what it calls. */
export function visibleBars(flame: Flame, level: number, focus: FlameItem | undefined, minShare: number): FlameBar[] {
  const from = focus?.start ?? 0;
  const span = focus?.value ?? flame.total;
  if (span <= 0) {
    return [];
  }
  const row = flame.levels[level] ?? [];
  const bars: FlameBar[] = [];
  for (let at = firstEndingAfter(row, from); at < row.length; at++) {
    const item = row[at];
    if (!item || item.start >= from + span) break;
    const left = Math.max(0, (item.start - from) / span);
    const width = Math.min(1, (item.start + item.value - from) / span) - left;
    if (width >= minShare) bars.push({ item, left, width });
  }
  return bars;
}

/** Items of a level stand by their start and do not overlap. */
function firstEndingAfter(row: readonly FlameItem[], from: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = row[middle];
    if (item && item.start + item.value <= from) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface FlameSum {
  readonly label: string;
  readonly self: number;
  readonly total: number;
  /** Change of the right side to the left in shares of their wholes, of a comparison. */
  readonly change: number | undefined;
}

/** Each label once: its own part, and all of it with what it calls; a function that calls itself counts once. */
export function sumByLabel(flame: Flame): FlameSum[] {
  const sums = new Map<string, { self: number; total: number; right: number }>();
  const open: FlameItem[] = [];
  const depth = new Map<string, number>();
  for (const item of flame.items) {
    while (open.length > item.level) {
      const closed = open.pop();
      if (closed) depth.set(closed.label, (depth.get(closed.label) ?? 1) - 1);
    }
    const sum = sums.get(item.label) ?? { self: 0, total: 0, right: 0 };
    sum.self += item.self;
    if ((depth.get(item.label) ?? 0) === 0) {
      sum.total += item.value;
      sum.right += item.right ?? 0;
    }
    sums.set(item.label, sum);
    open.push(item);
    depth.set(item.label, (depth.get(item.label) ?? 0) + 1);
  }
  return [...sums].map(([label, { self, total, right }]) => ({ label, self, total, change: flame.totalRight === undefined ? undefined : changeOf(total - right, right, flame.total - flame.totalRight, flame.totalRight) }));
}

/** Of an item of a comparison; undefined where there is none. */
export function itemChange(flame: Flame, item: FlameItem): number | undefined {
  return flame.totalRight === undefined || item.right === undefined ? undefined : changeOf(item.value - item.right, item.right, flame.total - flame.totalRight, flame.totalRight);
}

function changeOf(left: number, right: number, allLeft: number, allRight: number): number {
  const [before, after] = [allLeft > 0 ? left / allLeft : 0, allRight > 0 ? right / allRight : 0];
  return before === 0 ? (after === 0 ? 0 : Infinity) : (after - before) / before;
}
