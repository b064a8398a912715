import { describe, expect, it } from 'vitest';
import { cellsInGrid, cellsInLine } from './repeat';

describe('cellsInLine', () => {
  it.each<[number, 'auto' | 'horizontal' | 'vertical', number, number, boolean, number, number]>([
    [2, 'auto', 208, 100, true, 100, 100],
    [2, 'auto', 100, 208, false, 100, 100],
    [2, 'horizontal', 208, 108, false, 208, 50],
    [4, 'vertical', 100, 50, true, 19, 50],
  ])('%i cells %s in %i × %i', (count, orientation, width, height, vertical, cellWidth, cellHeight) => {
    const layout = cellsInLine(count, orientation, { width, height, gap: 8 });
    expect(layout.vertical).toBe(vertical);
    expect(layout.cells).toHaveLength(count);
    expect(layout.cells.at(-1)).toMatchObject({ width: cellWidth, height: cellHeight });
  });

  it('is larger than the box where cells would be too small', () => {
    expect(cellsInLine(10, 'horizontal', { width: 100, height: 50, gap: 0, minHeight: 20 }).height).toBe(200);
  });
});

describe('cellsInGrid', () => {
  it.each([
    [1, 400, 100, [400], [100]],
    [2, 400, 100, [196, 196], [100, 100]],
    [3, 400, 400, [196, 196, 400], [196, 196, 196]],
    [4, 400, 400, [196, 196, 196, 196], [196, 196, 196, 196]],
  ])('%i cells in %i × %i', (count, width, height, widths, heights) => {
    const { cells } = cellsInGrid(count, { width, height, gap: 8 });
    expect(cells.map((cell) => cell.width)).toEqual(widths);
    expect(cells.map((cell) => cell.height)).toEqual(heights);
  });
});
