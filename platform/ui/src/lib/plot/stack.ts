import type { StackingMode } from './style';

type Row = readonly (number | null | undefined)[];

/** A series as stacking sees it. */
export interface StackInput {
  readonly row: Row;
  readonly hidden: boolean;
  readonly mode: StackingMode;
  /** Series are stacked on those of the same key: group, scale and way of drawing. */
  readonly key: string;
}

export interface StackGroup {
  readonly mode: StackingMode;
  /** 1 for a stack that grows up, -1 for one of negative values. */
  readonly direction: 1 | -1;
  readonly members: readonly number[];
}

export interface Stacked {
  readonly rows: readonly Row[];
  readonly groups: readonly StackGroup[];
}

/** Which series stand on one another: of one key, one mode, and one side of zero. */
export function stackGroups(series: readonly StackInput[]): StackGroup[] {
  const groups = new Map<string, { mode: StackingMode; direction: 1 | -1; members: number[] }>();
  series.forEach((entry, index) => {
    if (entry.hidden || entry.mode === 'none') {
      return;
    }
    const direction = entry.row.some((value) => (value ?? 0) > 0) || !entry.row.some((value) => (value ?? 0) < 0) ? 1 : -1;
    const key = `${direction}|${entry.mode}|${entry.key}`;
    const group = groups.get(key);
    if (group) {
      group.members.push(index);
    } else {
      groups.set(key, { mode: entry.mode, direction, members: [index] });
    }
  });
  return [...groups.values()];
}

/**
 * The tops of stacks. A series without a value at a time at which others of its group have one takes the top of those
 * below it; where none has one it keeps its gap. Shares of a percent stack are in [-1, 1].
 */
export function stackRows(series: readonly StackInput[]): Stacked {
  const groups = stackGroups(series);
  const rows: Row[] = series.map((entry) => entry.row);
  for (const group of groups) {
    const length = Math.max(0, ...group.members.map((member) => rows[member]?.length ?? 0));
    const present = Array.from({ length }, (_, at) => group.members.some((member) => isNumber(rows[member]?.[at])));
    const running = new Array<number>(length).fill(0);
    const tops = group.members.map((member) =>
      Array.from({ length }, (_, at) => {
        const value = rows[member]?.[at];
        if (!present[at]) {
          return value;
        }
        running[at] = (running[at] ?? 0) + (value ?? 0);
        return running[at];
      }),
    );
    group.members.forEach((member, place) => {
      const top = tops[place] ?? [];
      rows[member] = group.mode === 'percent' ? top.map((value, at) => (isNumber(value) ? share(value, running[at] ?? 0, group.direction) : value)) : top;
    });
  }
  return { rows, groups };
}

function share(value: number, total: number, direction: 1 | -1): number {
  return total === 0 ? 0 : direction * (value / total);
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
