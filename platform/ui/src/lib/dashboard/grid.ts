/** An item of the grid: columns and lines, `y` from the top of the dashboard. */
export interface GridItem {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** While items are pushed about. `moved` ones are where they shall be and are not pushed again. */
interface Moving {
  readonly id: number;
  x: number;
  y: number;
  w: number;
  h: number;
  moved: boolean;
}

/*
 * The rules are those of react-grid-layout with vertical compaction, which Grafana's dashboards are arranged with: an item
 * that is dropped on others pushes them down (or up above it where that place is free), and afterwards everything rises
 * until it meets something.
 */

/** The grid after an item was dragged to a place. */
export function moveItem(items: readonly GridItem[], id: number, x: number, y: number): GridItem[] {
  const moving = items.map((item): Moving => ({ ...item, moved: false }));
  const item = moving.find((one) => one.id === id);
  if (item !== undefined) {
    move(moving, item, x, y, true);
  }
  return compacted(moving);
}

/** The grid after an item got another size: what is below gives way. */
export function resizeItem(items: readonly GridItem[], id: number, w: number, h: number): GridItem[] {
  return compacted(items.map((item): Moving => ({ ...item, ...(item.id === id ? { w, h } : {}), moved: false })));
}

/** Everything risen as far as it can, from the top left on; what overlaps is pulled apart downwards. */
export function compactItems(items: readonly GridItem[]): GridItem[] {
  return compacted(items.map((item): Moving => ({ ...item, moved: false })));
}

/** The line below the lowest item. */
export function bottomOf(items: readonly { readonly y: number; readonly h: number }[]): number {
  return items.reduce((bottom, { y, h }) => Math.max(bottom, y + h), 0);
}

/** The first free place of a size, from the top left, not above a line. */
export function freePlace(items: readonly GridItem[], w: number, h: number, columns: number, fromY = 0): { x: number; y: number } {
  const lines = [...new Set([fromY, ...items.map((item) => item.y + item.h).filter((y) => y > fromY)])].sort((a, b) => a - b);
  for (const y of lines) {
    for (let x = 0; x + w <= columns; x++) {
      if (!items.some((item) => collide(item, { id: Number.NaN, x, y, w, h }))) {
        return { x, y };
      }
    }
  }
  return { x: 0, y: Math.max(fromY, bottomOf(items)) };
}

function move(layout: readonly Moving[], item: Moving, x: number, y: number, byUser: boolean): void {
  if (item.x === x && item.y === y) {
    return;
  }
  const up = item.y >= y;
  item.x = x;
  item.y = y;
  item.moved = true;
  const sorted = byLine(layout);
  const collisions = (up ? sorted.reverse() : sorted).filter((other) => collide(other, item));
  for (const collision of collisions) {
    if (!collision.moved) {
      pushAway(layout, item, collision, byUser);
    }
  }
}

function pushAway(layout: readonly Moving[], from: Moving, item: Moving, byUser: boolean): void {
  if (byUser) {
    const above = { id: Number.NaN, x: item.x, y: Math.max(from.y - item.h, 0), w: item.w, h: item.h };
    const first = layout.find((other) => collide(other, above));
    if (first === undefined) {
      move(layout, item, item.x, above.y, false);
      return;
    }
    if (first.y + first.h > from.y) {
      move(layout, item, item.x, from.y + 1, false);
      return;
    }
  }
  move(layout, item, item.x, item.y + 1, false);
}

/** In the order of the items that were given. */
function compacted(items: readonly Moving[]): GridItem[] {
  const settled: Moving[] = [];
  for (const item of byLine(items)) {
    let y = Math.min(bottomOf(settled), item.y);
    while (y > 0 && !settled.some((other) => collide(other, { ...item, y: y - 1 }))) {
      y--;
    }
    for (let hit = settled.find((other) => collide(other, { ...item, y })); hit !== undefined; hit = settled.find((other) => collide(other, { ...item, y }))) {
      y = hit.y + hit.h;
    }
    item.y = Math.max(0, y);
    settled.push(item);
  }
  return items.map(({ id, x, y, w, h }) => ({ id, x, y, w, h }));
}

function byLine(items: readonly Moving[]): Moving[] {
  return [...items].sort((a, b) => a.y - b.y || a.x - b.x);
}

function collide(a: GridItem, b: GridItem): boolean {
  return a.id !== b.id && a.x + a.w > b.x && a.x < b.x + b.w && a.y + a.h > b.y && a.y < b.y + b.h;
}
