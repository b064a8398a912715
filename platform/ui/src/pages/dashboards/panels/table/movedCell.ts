/** A cell by its place on the screen. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

const PAGE_ROWS = 10;

/** Where a key leads from a cell; undefined for a key that does not move. Home and End stay in the row, with Ctrl they go to the first and last row. */
export function movedCell(from: CellPlace, key: string, control: boolean, rowCount: number, columnCount: number): CellPlace | undefined {
  const to = target(from, key, control, rowCount, columnCount);
  return to && { row: Math.max(0, Math.min(rowCount - 1, to.row)), column: Math.max(0, Math.min(columnCount - 1, to.column)) };
}

function target({ row, column }: CellPlace, key: string, control: boolean, rowCount: number, columnCount: number): CellPlace | undefined {
  switch (key) {
    case 'ArrowDown':
      return { row: control ? rowCount - 1 : row + 1, column };
    case 'ArrowUp':
      return { row: control ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: control ? columnCount - 1 : column + 1 };
    case 'ArrowLeft':
      return { row, column: control ? 0 : column - 1 };
    case 'PageDown':
      return { row: row + PAGE_ROWS, column };
    case 'PageUp':
      return { row: row - PAGE_ROWS, column };
    case 'Home':
      return { row: control ? 0 : row, column: 0 };
    case 'End':
      return { row: control ? rowCount - 1 : row, column: columnCount - 1 };
    default:
      return undefined;
  }
}
