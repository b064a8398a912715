import { duplicatePanel, findPanel, movePanel, removePanel, removeRow, resizePanel, toggleRow, updatePanel } from '../../../lib/dashboard/edit';
import { number, object, type Json } from '../../../lib/json';

/** What can be done to the panels of a dashboard that is edited. Steps are columns and lines of the grid. */
export interface Editing {
  readonly open: (id: number) => void;
  readonly duplicate: (id: number) => void;
  readonly remove: (id: number) => void;
  readonly move: (id: number, columns: number, lines: number) => void;
  readonly resize: (id: number, columns: number, lines: number) => void;
  readonly renameRow: (id: number, title: string) => void;
  readonly toggleRow: (id: number) => void;
  readonly removeRow: (id: number, withPanels: boolean) => void;
}

export function editingOf(edit: (change: (json: Json) => Json) => void, open: (id: number) => void): Editing {
  return {
    open,
    duplicate: (id) => edit((json) => duplicatePanel(json, id).json),
    remove: (id) => edit((json) => removePanel(json, id)),
    move: (id, columns, lines) => edit((json) => movePanel(json, id, { x: place(json, id).x + columns, y: place(json, id).y + lines })),
    resize: (id, columns, lines) => edit((json) => resizePanel(json, id, { w: place(json, id).w + columns, h: place(json, id).h + lines })),
    renameRow: (id, title) => edit((json) => updatePanel(json, id, (row) => ({ ...row, title }))),
    toggleRow: (id) => edit((json) => toggleRow(json, id)),
    removeRow: (id, withPanels) => edit((json) => removeRow(json, id, withPanels)),
  };
}

function place(json: Json, id: number): { x: number; y: number; w: number; h: number } {
  const gridPos = object(findPanel(json, id)?.['gridPos']);
  return { x: number(gridPos['x'], 0), y: number(gridPos['y'], 0), w: number(gridPos['w'], 12), h: number(gridPos['h'], 8) };
}
