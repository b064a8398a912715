export interface Cell {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface CellLayout {
  readonly cells: readonly Cell[];
  /** What all cells together take; more than the box has where they would be too small. */
  readonly width: number;
  readonly height: number;
  readonly vertical: boolean;
}

export type Orientation = 'auto' | 'horizontal' | 'vertical';

export interface RepeatBox {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly maxHeight?: number;
}

/** The layout of cells in one row (vertical: each stands upright) or below one another (horizontal), as its name says in Grafana. */
export function cellsInLine(count: number, orientation: Orientation, box: RepeatBox): CellLayout {
  const vertical = orientation === 'vertical' || (orientation === 'auto' && box.width > box.height);
  if (count === 0) {
    return { cells: [], width: box.width, height: box.height, vertical };
  }
  const gaps = (count - 1) * box.gap;
  if (vertical) {
    const width = Math.max(box.minWidth ?? 1, (box.width - gaps) / count);
    const cells = Array.from({ length: count }, (_, i) => ({ left: i * (width + box.gap), top: 0, width, height: box.height }));
    return { cells, width: width * count + gaps, height: box.height, vertical };
  }
  const height = Math.min(box.maxHeight ?? Infinity, Math.max(box.minHeight ?? 1, (box.height - gaps) / count));
  const cells = Array.from({ length: count }, (_, i) => ({ left: 0, top: i * (height + box.gap), width: box.width, height }));
  return { cells, width: box.width, height: height * count + gaps, vertical };
}

/** Cells in a grid, as near to squares as the box allows; the last row is filled by those that are left. */
export function cellsInGrid(count: number, box: RepeatBox): CellLayout {
  if (count === 0) {
    return { cells: [], width: box.width, height: box.height, vertical: false };
  }
  const columns = bestColumns(count, box);
  const rows = Math.ceil(count / columns);
  const lastRow = count - columns * (rows - 1);
  const height = (box.height - box.gap * (rows - 1)) / rows;
  const cells = Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = row === rows - 1 ? lastRow : columns;
    const width = (box.width - box.gap * (inRow - 1)) / inRow;
    return { left: (i % columns) * (width + box.gap), top: row * (height + box.gap), width, height };
  });
  return { cells, width: box.width, height: box.height, vertical: false };
}

/** The number of columns with which squares would be largest. */
function bestColumns(count: number, { width, height, gap }: RepeatBox): number {
  let best = 1;
  let bestSide = -Infinity;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.min((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows);
    if (side > bestSide) {
      best = columns;
      bestSide = side;
    }
  }
  return best;
}
