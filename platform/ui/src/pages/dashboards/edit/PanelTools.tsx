import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { GRID_COLUMNS } from '../../../lib/dashboard/migrate/rows';
import type { Editing } from './editing';

/** Pixels of a line of the grid, its gap included. */
const LINE_PX = 38;

interface Props {
  readonly id: number;
  readonly title: string;
  readonly editing: Editing;
}

/** Handles for moving and resizing a panel, by dragging and with the arrow keys. */
export function PanelHandles({ id, title, editing }: Props) {
  return (
    <>
      <Handle className="edit-move" label={`Move ${title} with the arrow keys or by dragging`} sign="✥" onStep={(columns, lines) => editing.move(id, columns, lines)} />
      <Handle className="edit-resize" label={`Resize ${title} with the arrow keys or by dragging`} sign="◢" onStep={(columns, lines) => editing.resize(id, columns, lines)} />
    </>
  );
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function Handle({ className, label, sign, onStep }: { className: string; label: string; sign: string; onStep: (columns: number, lines: number) => void }) {
  const start = useRef<{ readonly x: number; readonly y: number; readonly columnPx: number } | undefined>(undefined);
  const down = (event: PointerEvent<HTMLButtonElement>) => {
    const grid = event.currentTarget.closest('.panel-grid');
    start.current = { x: event.clientX, y: event.clientY, columnPx: (grid?.clientWidth ?? 1200) / GRID_COLUMNS };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const up = (event: PointerEvent<HTMLButtonElement>) => {
    const from = start.current;
    start.current = undefined;
    if (from !== undefined) {
      const columns = Math.round((event.clientX - from.x) / from.columnPx);
      const lines = Math.round((event.clientY - from.y) / LINE_PX);
      if (columns !== 0 || lines !== 0) onStep(columns, lines);
    }
  };
  const key = (event: KeyboardEvent) => {
    const step = KEYS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      onStep(step[0], step[1]);
    }
  };
  return (
    <button type="button" className={`edit-handle ${className}`} aria-label={label} title={label} onPointerDown={down} onPointerUp={up} onPointerCancel={() => (start.current = undefined)} onKeyDown={key}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
