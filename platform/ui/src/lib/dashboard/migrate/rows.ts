import { isObject, objects, without, type MutableJson } from './mutable';

/** Columns of Grafana's panel grid, and pixels of one of its rows: the height of a cell and the gap below it. */
export const GRID_COLUMNS = 24;
export const GRID_ROW_PX = 38;

const MIN_PANEL_PX = 90;
const DEFAULT_ROW_PX = 250;
const DEFAULT_SPAN = 4;

/** Schema 16: rows whose panels have a `span` of 12 become one list of panels with places in a grid of 24 columns. */
export function rowsToGrid(dashboard: MutableJson): void {
  const all = objects(dashboard['rows']);
  const rows = all.filter((row) => !row['repeatIteration']);
  delete dashboard['rows'];
  if (rows.length === 0) {
    return;
  }
  const headed = rows.some((row) => row['collapse'] || row['showTitle'] || row['repeat']);
  const panels: MutableJson[] = objects(dashboard['panels']);
  let nextId = 1 + Math.max(0, ...all.flatMap((row) => objects(row['panels'])).map(({ id }) => (typeof id === 'number' ? id : 0)));
  let y = 0;
  for (const row of rows) {
    const height = gridHeight(row['height'] || DEFAULT_ROW_PX);
    const head = headed ? rowPanel(row, nextId++, y) : undefined;
    if (head !== undefined) {
      panels.push(head);
      y++;
    }
    const area = new RowArea(height, y);
    const placed = objects(row['panels']).map((panel) => place(panel, area, height));
    y = area.y;
    if (head?.['collapsed'] === true) {
      head['panels'] = placed;
    } else {
      panels.push(...placed);
      y += height;
    }
  }
  dashboard['panels'] = panels;
}

function rowPanel(row: MutableJson, id: number, y: number): MutableJson {
  const kept = without(row, 'height', 'showTitle', 'titleSize', 'collapse', 'panels', 'repeat');
  const repeat = row['repeat'] ? { repeat: row['repeat'] } : {};
  return { ...kept, id, type: 'row', title: row['title'] ?? '', collapsed: Boolean(row['collapse']), ...repeat, panels: [], gridPos: { x: 0, y, w: GRID_COLUMNS, h: 1 } };
}

function place(panel: MutableJson, area: RowArea, rowHeight: number): MutableJson {
  const span = typeof panel['span'] === 'number' && panel['span'] > 0 ? panel['span'] : DEFAULT_SPAN;
  const w = Math.min(GRID_COLUMNS, Math.max(1, Math.floor(span) * 2));
  const h = panel['height'] ? gridHeight(panel['height']) : rowHeight;
  if (typeof panel['minSpan'] === 'number') {
    panel['minSpan'] = Math.min(GRID_COLUMNS, panel['minSpan'] * 2);
  }
  const { x, y } = area.find(w);
  const gridPos = { x, y: area.y + y, w, h };
  area.fill(gridPos);
  return { ...without(panel, 'span', 'height'), gridPos };
}

/** From pixels, as a number or with `px`. */
function gridHeight(height: unknown): number {
  const px = typeof height === 'string' ? parseInt(height.replace('px', ''), 10) : Number(height);
  return Math.ceil(Math.max(MIN_PANEL_PX, Number.isFinite(px) ? px : DEFAULT_ROW_PX) / GRID_ROW_PX);
}

/** How far down each column of a row is taken: panels go as far right and up as there is room, by Grafana's rule. */
class RowArea {
  private readonly taken: number[] = new Array<number>(GRID_COLUMNS).fill(0);

  constructor(
    private readonly height: number,
    public y: number,
  ) {}

  fill(place: { x: number; y: number; w: number; h: number }): void {
    for (let i = place.x; i < place.x + place.w; i++) {
      this.taken[i] = Math.max(this.taken[i] ?? 0, place.y + place.h - this.y);
    }
  }

  /** A place for a width; the area moves down by its height where there is none. */
  find(width: number): { x: number; y: number } {
    return this.free(width) ?? this.wrapped(width);
  }

  private wrapped(width: number): { x: number; y: number } {
    this.y += this.height;
    this.taken.fill(0);
    return this.free(width) ?? { x: 0, y: 0 };
  }

  /** The run of free columns at the right end whose depth does not grow to the left. */
  private free(width: number): { x: number; y: number } | undefined {
    let start: number | undefined;
    let end: number | undefined;
    for (let i = GRID_COLUMNS - 1; i >= 0; i--) {
      const depth = this.taken[i] ?? 0;
      if (depth >= this.height) {
        break;
      }
      if (end === undefined) {
        end = i;
      } else if (depth <= (this.taken[i + 1] ?? 0)) {
        start = i;
      } else {
        break;
      }
    }
    if (start === undefined || end === undefined || end - start < width - 1) {
      return undefined;
    }
    return { x: start, y: Math.max(...this.taken.slice(start)) };
  }
}

const PANEL_W = 12;
const PANEL_H = 8;

/** Gives a place to panels that have none: from the left below what is above, two in a row. Widths and places outside of the grid are brought back into it. */
export function layOut(panels: readonly MutableJson[]): void {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  const nextLine = (to: number) => {
    y = Math.max(y, to);
    x = 0;
    rowHeight = 0;
  };
  for (const panel of panels) {
    const wanted = isObject(panel['gridPos']) ? panel['gridPos'] : {};
    const isRow = panel['type'] === 'row';
    const w = isRow ? GRID_COLUMNS : Math.min(GRID_COLUMNS, Math.max(1, whole(wanted['w']) ?? PANEL_W));
    const h = isRow ? 1 : Math.max(1, whole(wanted['h']) ?? PANEL_H);
    const wantedX = isRow ? 0 : whole(wanted['x']);
    const wantedY = whole(wanted['y']);
    if (wantedX !== undefined && wantedY !== undefined) {
      panel['gridPos'] = { ...wanted, x: Math.min(Math.max(0, wantedX), GRID_COLUMNS - w), y: Math.max(0, wantedY), w, h };
      nextLine(wantedY + h);
    } else {
      if (x + w > GRID_COLUMNS) {
        nextLine(y + rowHeight);
      }
      panel['gridPos'] = { ...wanted, x, y, w, h };
      x += w;
      rowHeight = Math.max(rowHeight, h);
      if (x >= GRID_COLUMNS) {
        nextLine(y + rowHeight);
      }
    }
    const inside = objects(panel['panels']);
    if (inside.length > 0) {
      layOut(inside);
    }
  }
}

function whole(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? Math.min(1_000_000, Math.round(n)) : undefined;
}
