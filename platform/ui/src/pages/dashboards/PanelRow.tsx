import { Group, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useUrlState } from '../../app/urlState';
import { GRID_ROW_PX, type Row } from '../../lib/dashboard';
import { interpolate, type VariableValues } from '../../lib/variables';
import { PanelView } from './PanelView';

/** A row and its panels at their places in the grid; on a narrow screen one below the other. */
export function PanelRow({ row, values }: { row: Row; values: VariableValues }) {
  const { params, patch } = useUrlState();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const toggled = params.getAll('row').includes(row.key);
  const open = row.title === undefined || row.collapsed === toggled;
  const panels = narrow ? [...row.panels].sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x) : row.panels;
  return (
    <section aria-label={row.title}>
      {row.title !== undefined && (
        <UnstyledButton
          mb={8}
          aria-expanded={open}
          onClick={() => patch({ row: toggled ? params.getAll('row').filter((key) => key !== row.key) : [...params.getAll('row'), row.key] }, 'replace')}
        >
          <Group gap={6}>
            <span aria-hidden="true">{open ? '▾' : '▸'}</span>
            <Text fw={600}>{interpolate(row.title, values, 'text')}</Text>
            {!open && (
              <Text size="xs" c="dimmed">
                {row.panels.length} panels
              </Text>
            )}
          </Group>
        </UnstyledButton>
      )}
      {open && (
        <div className="panel-grid">
          {panels.map((panel) => {
            const { x, y, w, h } = panel.position;
            const style = narrow
              ? { height: Math.max(panel.kind === 'stat' || panel.kind === 'gauge' ? 130 : 230, Math.min(420, h * GRID_ROW_PX)) }
              : { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
            return <PanelView key={panel.key} panel={panel} values={values} style={style} />;
          })}
        </div>
      )}
    </section>
  );
}
