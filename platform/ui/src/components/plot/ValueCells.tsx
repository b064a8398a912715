import type { ReactNode } from 'react';
import type { CellLayout } from '../../lib/plot/repeat';
import './plot.css';

interface ValueCellsProps {
  readonly layout: CellLayout;
  readonly width: number;
  readonly height: number;
  readonly children: (index: number, width: number, height: number) => ReactNode;
}

/** Places one drawing for each value; scrolls where they do not fit. */
export function ValueCells({ layout, width, height, children }: ValueCellsProps) {
  const scrolls = layout.width > width + 1 || layout.height > height + 1;
  return (
    <div className="value-cells" style={{ width, height, overflow: scrolls ? 'auto' : 'hidden' }} {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': 'Values' } : {})}>
      <div style={{ position: 'relative', width: layout.width, height: layout.height }}>
        {layout.cells.map((cell, index) => (
          <div key={index} className="value-cell" style={{ left: cell.left, top: cell.top, width: cell.width, height: cell.height }}>
            {children(index, cell.width, cell.height)}
          </div>
        ))}
      </div>
    </div>
  );
}
