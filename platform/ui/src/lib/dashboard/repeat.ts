import { ALL_VALUE } from '../template/builtIns';
import type { TemplateScope } from '../template/scope';
import { compactItems } from './grid';
import type { DashboardModel, GridPosition, PanelModel, RowModel } from './model';
import { GRID_COLUMNS } from './migrate/rows';

/** A panel as it is drawn: once for each value where it repeats. */
export interface ExpandedPanel {
  readonly panel: PanelModel;
  /** With the value that it is repeated for. */
  readonly scope: TemplateScope;
}

export interface ExpandedRow {
  readonly row: RowModel;
  readonly scope: TemplateScope;
  readonly panels: readonly ExpandedPanel[];
}

/** More copies than people can look at are not made: a variable may have thousands of values. */
export const REPEATS_MAX = 200;

/** Repeats rows and panels for the values of their variables, and lays panels out as Grafana does. */
export function expandRepeats(model: DashboardModel, scope: TemplateScope): ExpandedRow[] {
  return model.rows.flatMap((row) =>
    copiesOf(row.repeat, scope).map(({ scope: inside, suffix }) => ({
      row: suffix === '' ? row : { ...row, key: `${row.key}${suffix}` },
      scope: inside,
      panels: expandPanels(row.panels, inside, suffix),
    })),
  );
}

interface Copy {
  readonly scope: TemplateScope;
  /** Empty for the first, which keeps its key. */
  readonly suffix: string;
}

/** One copy for each value; the thing itself where there is no such variable or it has no values. */
function copiesOf(variable: string | undefined, scope: TemplateScope): Copy[] {
  const values = variable === undefined ? undefined : scope.values(variable)?.filter((value) => value !== ALL_VALUE);
  if (variable === undefined || values === undefined || values.length === 0) {
    return [{ scope, suffix: '' }];
  }
  const texts = scope.texts?.(variable) ?? values;
  return values.slice(0, REPEATS_MAX).map((value, i) => ({
    scope: scope.with({ [variable]: { text: texts[i] ?? value, value } }),
    suffix: i === 0 ? '' : `-${variable}=${value}`,
  }));
}

/** The copies of a panel take a box of their own; where one grows, what is in its way moves down. */
function expandPanels(panels: readonly PanelModel[], scope: TemplateScope, rowSuffix: string): ExpandedPanel[] {
  if (panels.every((panel) => panel.repeat === undefined)) {
    return panels.map((panel) => ({ panel: rowSuffix === '' ? panel : { ...panel, key: `${panel.key}${rowSuffix}` }, scope }));
  }
  const boxes = panels.map((panel) => ({ panel, copies: copiesOf(panel.repeat?.variable, scope), repeats: (scope.values(panel.repeat?.variable ?? '') ?? []).length > 0 }));
  const items = compactItems(boxes.map(({ panel, copies, repeats }, id) => ({ id, ...(repeats ? boxOf(panel, copies.length) : panel.gridPos) })));
  return boxes.flatMap(({ panel, copies, repeats }, index) => {
    const box = items[index] ?? { ...panel.gridPos, id: index };
    return copies.map((copy, i) => ({
      panel: { ...panel, key: `${panel.key}${rowSuffix}${copy.suffix}`, gridPos: repeats ? placeIn(box, panel, i, copies.length) : { x: box.x, y: box.y, w: box.w, h: box.h } },
      scope: copy.scope,
    }));
  });
}

/** Across, the box is as wide as the grid. */
function boxOf(panel: PanelModel, count: number): GridPosition {
  const { x, y, w, h } = panel.gridPos;
  if (panel.repeat?.direction === 'v') {
    return { x, y, w, h: h * count };
  }
  return { x: 0, y, w: GRID_COLUMNS, h: h * linesOf(panel, count) };
}

function linesOf(panel: PanelModel, count: number): number {
  return Math.ceil(count / (panel.repeat?.maxPerRow ?? 4));
}

/** Across, the lines are equally full; the columns of the grid are shared out as evenly as whole ones can be. */
function placeIn(box: GridPosition, panel: PanelModel, index: number, count: number): GridPosition {
  const { h } = panel.gridPos;
  if (panel.repeat?.direction === 'v') {
    return { x: box.x, y: box.y + index * h, w: box.w, h };
  }
  const columns = Math.ceil(count / linesOf(panel, count));
  const column = index % columns;
  const x = Math.round((column * GRID_COLUMNS) / columns);
  return { x, y: box.y + Math.floor(index / columns) * h, w: Math.max(1, Math.round(((column + 1) * GRID_COLUMNS) / columns) - x), h };
}
