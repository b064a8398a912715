import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { sumByLabel, type Flame, type FlameSum } from '../../../../lib/flame/flame';

interface FlameTableProps {
  readonly flame: Flame;
  readonly search: string;
  readonly write: (value: number) => string;
  readonly onChoose: (label: string) => void;
}

type Key = 'label' | 'self' | 'total' | 'change';
const ROW_PX = 26;

/** The functions with their own and their whole part, the largest own part first; a click searches for one. */
export function FlameTable({ flame, search, write, onChoose }: FlameTableProps) {
  const [by, setBy] = useState<{ key: Key; descending: boolean }>({ key: 'self', descending: true });
  const sums = useMemo(() => sumByLabel(flame), [flame]);
  const rows = useMemo(() => sorted(sums.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase())), by.key, by.descending), [sums, search, by]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 10 });
  const columns: readonly (readonly [Key, string])[] = [['label', 'Function'], ['self', 'Self'], ['total', 'Total'], ...(flame.totalRight === undefined ? [] : [['change', 'Change'] as const])];
  return (
    <div className="flame-table" role="table" aria-label="Functions" aria-rowcount={rows.length + 1}>
      <div role="row" className="flame-row head">
        {columns.map(([key, title]) => (
          <div key={key} role="columnheader" aria-sort={by.key !== key ? 'none' : by.descending ? 'descending' : 'ascending'}>
            <button type="button" className="flame-sort" onClick={() => setBy({ key, descending: by.key === key ? !by.descending : key !== 'label' })}>
              {title}
              {by.key === key && (by.descending ? ' ↓' : ' ↑')}
            </button>
          </div>
        ))}
      </div>
      <div ref={scroller} className="flame-rows" tabIndex={0} role="rowgroup" aria-label="Rows">
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="none">
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div key={row.label} role="row" className="flame-row" aria-rowindex={item.index + 2} style={{ transform: `translateY(${item.start}px)` }}>
                  <div role="cell">
                    <button type="button" className="flame-name" title={row.label.slice(0, 1000)} onClick={() => onChoose(search === row.label ? '' : row.label)}>
                      {row.label.slice(0, 300)}
                    </button>
                  </div>
                  <div role="cell">{write(row.self)}</div>
                  <div role="cell">{write(row.total)}</div>
                  {row.change !== undefined && <div role="cell">{row.change === Infinity ? 'new' : `${Math.round(row.change * 1000) / 10}%`}</div>}
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function sorted(rows: FlameSum[], key: Key, descending: boolean): FlameSum[] {
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * (key === 'label' ? a.label.localeCompare(b.label) : (a[key] ?? 0) - (b[key] ?? 0)));
}
