import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import type { RuleRow } from '../../../lib/alerting/ruleSearch';
import { FileLine, GroupLine, RuleLine } from './RuleLines';

const HEIGHTS: Record<RuleRow['kind'], number> = { file: 36, group: 40, rule: 36 };

interface RuleListProps {
  readonly rows: readonly RuleRow[];
  readonly onToggle: (id: string) => void;
}

/** Thousands of rules as a list of which only what is seen is drawn. */
export function RuleList({ rows, onToggle }: RuleListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'rule'],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  return (
    <div ref={scroller} className="card rule-list" style={{ height: `min(${list.getTotalSize() + 2}px, max(320px, 100dvh - 250px))` }} tabIndex={0} role="region" aria-label="Rules">
      <div role="list" style={{ height: list.getTotalSize(), position: 'relative' }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div key={item.key} ref={list.measureElement} data-index={item.index} role="listitem" aria-setsize={rows.length} aria-posinset={item.index + 1} className="rule-row" style={{ transform: `translateY(${item.start}px)` }}>
                <Line row={row} onToggle={onToggle} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

const Line = memo(function Line({ row, onToggle }: { row: RuleRow; onToggle: (id: string) => void }) {
  switch (row.kind) {
    case 'file':
      return <FileLine row={row} onToggle={onToggle} />;
    case 'group':
      return <GroupLine row={row} onToggle={onToggle} />;
    case 'rule':
      return <RuleLine group={row.group} rule={row.rule} />;
  }
});
