import { at, defined, objects, type MutableJson } from './mutable';
import { GRID_COLUMNS, GRID_ROW_PX } from './rows';

type FindPanel = (name: string) => MutableJson | undefined;

/** A layout as a list of classic panels, in which rows head those after them. A tab becomes a row: the classic form has none. */
export function panelsOfLayout(layout: MutableJson, find: FindPanel): MutableJson[] {
  const sections: Section[] = [];
  collect(layout, undefined, find, sections, 0);
  const panels: MutableJson[] = [];
  let y = 0;
  for (const { head, items } of sections) {
    if (head !== undefined) {
      panels.push({ ...head, type: 'row', panels: [], gridPos: { x: 0, y, w: GRID_COLUMNS, h: 1 } });
      y++;
    }
    const top = y;
    const placed = items.map((panel) => ({ ...panel, gridPos: lowered(at(panel, 'gridPos'), top) }));
    const bottom = Math.max(top, ...placed.map(({ gridPos }) => gridPos.y + gridPos.h));
    const last = panels.at(-1);
    if (head?.['collapsed'] === true && last !== undefined) {
      last['panels'] = placed;
    } else {
      panels.push(...placed);
      y = bottom;
    }
  }
  return panels;
}

interface Section {
  readonly head: MutableJson | undefined;
  readonly items: readonly MutableJson[];
}

/** Layouts may hold layouts; a file that nests them without end is cut off. */
const MAX_DEPTH = 20;

function collect(layout: MutableJson, head: MutableJson | undefined, find: FindPanel, sections: Section[], depth: number): void {
  const spec = at(layout, 'spec');
  if (depth > MAX_DEPTH) {
    return;
  }
  switch (layout['kind']) {
    case 'RowsLayout':
    case 'TabsLayout': {
      const parts = objects(spec['rows'] ?? spec['tabs']).map((part) => at(part, 'spec'));
      const nested = head !== undefined;
      if (nested && parts.length === 0) sections.push({ head, items: [] });
      for (const part of parts) {
        const own = part['hideHeader'] === true ? undefined : headOf(part, nested ? head : undefined);
        collect(at(part, 'layout'), own ?? (nested ? head : undefined), find, sections, depth + 1);
      }
      return;
    }
    case 'AutoGridLayout':
      sections.push({ head, items: autoGrid(spec, find) });
      return;
    default:
      sections.push({ head, items: objects(spec['items']).flatMap((item) => gridItem(item, find)) });
  }
}

/** A row within a row or a tab carries the titles of both. */
function headOf(part: MutableJson, parent: MutableJson | undefined): MutableJson {
  const title = String(part['title'] ?? '');
  const repeat = at(part, 'repeat')['value'];
  return {
    title: parent === undefined ? title : [String(parent['title'] ?? ''), title].filter((text) => text !== '').join(' / '),
    collapsed: part['collapse'] === true,
    ...defined({ repeat: repeat ?? parent?.['repeat'] }),
  };
}

function gridItem(item: MutableJson, find: FindPanel): MutableJson[] {
  const spec = at(item, 'spec');
  if (item['kind'] === 'GridLayoutRow') {
    return objects(spec['elements']).flatMap((element) => gridItem(element, find));
  }
  const panel = find(String(at(spec, 'element')['name']));
  if (panel === undefined) {
    return [];
  }
  return [{ ...panel, ...repeatOf(spec), gridPos: { x: num(spec['x'], 0), y: num(spec['y'], 0), w: num(spec['width'], 12), h: num(spec['height'], 8) } }];
}

function repeatOf(spec: MutableJson): MutableJson {
  const repeat = at(spec, 'repeat');
  return defined({ repeat: repeat['value'], repeatDirection: repeat['direction'], maxPerRow: repeat['maxPerRow'] });
}

const ROW_HEIGHTS_PX: Readonly<Record<string, number>> = { short: 168, standard: 320, tall: 512 };

/** Panels of one size, side by side up to the number of columns. */
function autoGrid(spec: MutableJson, find: FindPanel): MutableJson[] {
  const columns = Math.min(GRID_COLUMNS, Math.max(1, num(spec['maxColumnCount'], 3)));
  const w = Math.max(1, Math.floor(GRID_COLUMNS / columns));
  const heightPx = ROW_HEIGHTS_PX[String(spec['rowHeightMode'])] ?? num(spec['rowHeight'], 320);
  const h = Math.max(2, Math.round(heightPx / GRID_ROW_PX));
  return objects(spec['items'])
    .flatMap((item) => {
      const itemSpec = at(item, 'spec');
      const panel = find(String(at(itemSpec, 'element')['name']));
      return panel === undefined ? [] : [{ ...panel, ...defined({ repeat: at(itemSpec, 'repeat')['value'] }) }];
    })
    .map((panel, i) => ({ ...panel, gridPos: { x: (i % columns) * w, y: Math.floor(i / columns) * h, w, h } }));
}

function lowered(gridPos: MutableJson, by: number): { x: number; y: number; w: number; h: number } {
  return { x: num(gridPos['x'], 0), y: num(gridPos['y'], 0) + by, w: num(gridPos['w'], 12), h: num(gridPos['h'], 8) };
}

function num(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
