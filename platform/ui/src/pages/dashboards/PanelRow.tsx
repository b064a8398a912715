import { Group, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useMemo } from 'react';
import { useUrlState } from '../../app/urlState';
import type { PanelModel } from '../../lib/dashboard/model';
import type { ExpandedRow } from '../../lib/dashboard/repeat';
import { useDashboard } from './dashboardContext';
import { PanelView } from './PanelView';

const RowActions = lazy(() => import('./edit/RowActions'));

/** Pixels of one line of the grid, its gap included. */
const LINE_PX = 38;

/** A row and its panels at their places in the grid; on a narrow screen one below the other. */
export function PanelRow({ row: { row, scope, panels } }: { row: ExpandedRow }) {
  const { params, patch } = useUrlState();
  const { editing } = useDashboard();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const toggledRows = params.getAll('row');
  const toggled = toggledRows.includes(row.key);
  const open = row.title === undefined || row.collapsed === toggled;
  // In the order in which they are read, which is also that of the keyboard.
  const ordered = useMemo(() => [...panels].sort((a, b) => a.panel.gridPos.y - b.panel.gridPos.y || a.panel.gridPos.x - b.panel.gridPos.x), [panels]);
  const title = row.title === undefined ? undefined : scope.replace(row.title, 'text');
  return (
    <section aria-label={title}>
      {title !== undefined && (
        <UnstyledButton mb={8} aria-expanded={open} className="dashboard-row" onClick={() => patch({ row: toggled ? toggledRows.filter((key) => key !== row.key) : [...toggledRows, row.key] }, 'replace')}>
          <Group gap={6}>
            <span aria-hidden="true">{open ? '▾' : '▸'}</span>
            <Text fw={600}>{title}</Text>
            {!open && (
              <Text size="xs" c="dimmed">
                {panels.length === 1 ? '1 panel' : `${panels.length} panels`}
              </Text>
            )}
          </Group>
        </UnstyledButton>
      )}
      {editing && row.title !== undefined && (
        <Suspense fallback={null}>
          <RowActions row={row} editing={editing} />
        </Suspense>
      )}
      {open && (
        <div className="panel-grid">
          {ordered.map(({ panel, scope: own }) => (
            <PanelView key={panel.key} panel={panel} scope={own} style={narrow ? narrowPlace(panel) : place(panel)} />
          ))}
        </div>
      )}
    </section>
  );
}

function place({ gridPos: { x, y, w, h } }: PanelModel) {
  return { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
}

const SMALL = new Set(['stat', 'gauge', 'bargauge']);

function narrowPlace({ type, gridPos }: PanelModel) {
  return { height: Math.max(SMALL.has(type) ? 130 : 230, Math.min(420, gridPos.h * LINE_PX)) };
}
