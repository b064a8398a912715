import { array, number, object, string, type Json } from '../json';
import { bottomOf, compactItems, freePlace, moveItem, resizeItem, type GridItem } from './grid';
import { GRID_COLUMNS } from './migrate/rows';

/*
 * Edits of a dashboard document of the newest form. Each gives a new document and leaves the old one, so that undoing is
 * going back to the document before. What an edit does not concern stays the same object. An id that is not there changes
 * nothing. Places are those of the document: `y` from the top of the dashboard.
 */

/** A document with something new in it, and the id that it got. */
export interface Added {
  readonly json: Json;
  readonly id: number;
}

const PANEL_SIZE = { w: 12, h: 8 };
const MIN_SIZE = { w: 1, h: 1 };

/** Every panel, those of collapsed rows too, without the rows themselves. */
export function allPanels(json: Json): Json[] {
  return topPanels(json).flatMap((panel) => (isRow(panel) ? array(panel['panels']).map(object) : [panel]));
}

/** A panel or a row by its id. */
export function findPanel(json: Json, id: number): Json | undefined {
  return topPanels(json).flatMap((panel) => [panel, ...array(panel['panels']).map(object)]).find((panel) => panel['id'] === id);
}

/** An id that no panel has. */
export function nextPanelId(json: Json): number {
  const ids = topPanels(json).flatMap((panel) => [panel, ...array(panel['panels']).map(object)]).map((panel) => number(panel['id'], 0));
  return Math.max(0, ...ids) + 1;
}

/** Changes one panel or row; it keeps its id. */
export function updatePanel(json: Json, id: number, change: (panel: Json) => Json): Json {
  const changed = (panel: Json): Json => (panel['id'] === id ? { ...change(panel), id } : panel);
  return withPanels(
    json,
    topPanels(json).map((panel) => {
      const inside = array(panel['panels']).map(object);
      return changed(inside.some((one) => one['id'] === id) ? { ...panel, panels: inside.map(changed) } : panel);
    }),
  );
}

/** Puts another document in a panel's place, such as one that was edited as text. It keeps id and, unless it has one, place. */
export function replacePanel(json: Json, id: number, panel: Json): Json {
  return updatePanel(json, id, (old) => ({ ...panel, gridPos: panel['gridPos'] ?? old['gridPos'] }));
}

/** Adds a panel at the first free place: of the whole dashboard above its first row, or of the row that is named. */
export function addPanel(json: Json, panel: Json, rowId?: number): Added {
  const id = nextPanelId(json);
  const { w, h } = { ...PANEL_SIZE, ...sizeOf(panel) };
  const row = rowId === undefined ? undefined : findPanel(json, rowId);
  if (row !== undefined && row['collapsed'] === true) {
    const inside = array(row['panels']).map(object);
    const place = freePlace(inside.map(itemOf), w, h, GRID_COLUMNS, number(object(row['gridPos'])['y'], 0) + 1);
    return { json: updatePanel(json, number(row['id'], 0), (old) => ({ ...old, panels: [...inside, { ...panel, id, gridPos: { ...place, w, h } }] })), id };
  }
  const section = sectionOf(json, row);
  const top = row === undefined ? 0 : itemOf(row).y + 1;
  const place = freePlace(section.map(itemOf), w, h, GRID_COLUMNS, top);
  const added = { ...panel, id, gridPos: { ...place, w, h } };
  const before = bottomOf(section.map(itemOf));
  const by = Math.max(0, place.y + h - Math.max(before, top));
  const last = section.at(-1) ?? row;
  const at = last === undefined ? 0 : topPanels(json).indexOf(last) + 1;
  const list = topPanels(json);
  return { json: withPanels(json, [...list.slice(0, at), added, ...list.slice(at).map((one) => lowered(one, by))]), id };
}

/** Adds a row below everything. */
export function addRow(json: Json, title: string): Added {
  const id = nextPanelId(json);
  const y = bottomOf(topPanels(json).map(itemOf));
  const row = { id, type: 'row', title, collapsed: false, panels: [], gridPos: { x: 0, y, w: GRID_COLUMNS, h: 1 } };
  return { json: withPanels(json, [...topPanels(json), row]), id };
}

/** Takes a panel away; what is below rises. A row goes with what it holds while it is collapsed. */
export function removePanel(json: Json, id: number): Json {
  const inCollapsed = topPanels(json).find((panel) => array(panel['panels']).some((inside) => object(inside)['id'] === id));
  if (inCollapsed !== undefined) {
    return updatePanel(json, number(inCollapsed['id'], 0), (row) => ({ ...row, panels: array(row['panels']).filter((inside) => object(inside)['id'] !== id) }));
  }
  return arranged(withPanels(json, topPanels(json).filter((panel) => panel['id'] !== id)), compactItems);
}

/** Takes a row away, alone or with the panels under it. */
export function removeRow(json: Json, id: number, withItsPanels: boolean): Json {
  const row = findPanel(json, id);
  if (row === undefined || !isRow(row)) {
    return json;
  }
  if (withItsPanels) {
    const gone = new Set([row, ...(row['collapsed'] === true ? [] : sectionOf(json, row))]);
    return arranged(withPanels(json, topPanels(json).filter((panel) => !gone.has(panel))), compactItems);
  }
  const open = row['collapsed'] === true ? toggleRow(json, id) : json;
  return arranged(withPanels(open, topPanels(open).filter((panel) => panel['id'] !== id)), compactItems);
}

/** Puts a copy of a panel beside it, or below where there is no room. */
export function duplicatePanel(json: Json, id: number): Added {
  const panel = findPanel(json, id);
  if (panel === undefined) {
    return { json, id };
  }
  const newId = nextPanelId(json);
  const { x, y, w, h } = itemOf(panel);
  const place = x + 2 * w <= GRID_COLUMNS ? { x: x + w, y } : { x, y: y + h };
  const copy: Json = { ...structuredClone(panel), id: newId, title: string(panel['title']), gridPos: { ...place, w, h } };
  const home = topPanels(json).find((one) => array(one['panels']).some((inside) => object(inside)['id'] === id));
  if (home !== undefined) {
    return { json: updatePanel(json, number(home['id'], 0), (row) => ({ ...row, panels: [...array(row['panels']), copy] })), id: newId };
  }
  const list = topPanels(json);
  const at = list.indexOf(panel) + 1;
  const items = [...list.slice(0, at), copy, ...list.slice(at)];
  // The copy is where it shall be: it pushes others away as if it had been dragged there.
  const far = { ...copy, gridPos: { x: place.x, y: bottomOf(list.map(itemOf)) + h, w, h } };
  const outside = withPanels(json, items.map((one) => (one === copy ? far : one)));
  return { json: arranged(outside, (grid) => moveItem(grid, newId, place.x, place.y)), id: newId };
}

/** Drags a panel or a row to a place. Others make room, and everything rises as far as it can. */
export function movePanel(json: Json, id: number, to: { readonly x: number; readonly y: number }): Json {
  const panel = topPanels(json).find((one) => one['id'] === id);
  if (panel === undefined) {
    return json;
  }
  const { w } = itemOf(panel);
  const x = Math.max(0, Math.min(GRID_COLUMNS - w, Math.round(to.x)));
  return arranged(json, (items) => moveItem(items, id, x, Math.max(0, Math.round(to.y))));
}

/** Gives a panel another size; what is below makes room or rises. Rows have none. */
export function resizePanel(json: Json, id: number, size: { readonly w: number; readonly h: number }): Json {
  const panel = topPanels(json).find((one) => one['id'] === id);
  if (panel === undefined || isRow(panel)) {
    return json;
  }
  const w = Math.max(MIN_SIZE.w, Math.min(GRID_COLUMNS - itemOf(panel).x, Math.round(size.w)));
  return arranged(json, (items) => resizeItem(items, id, w, Math.max(MIN_SIZE.h, Math.round(size.h))));
}

/** Opens a collapsed row, which moves what is below down, or collapses an open one with the panels up to the next row. */
export function toggleRow(json: Json, id: number): Json {
  const row = topPanels(json).find((panel) => panel['id'] === id && isRow(panel));
  if (row === undefined) {
    return json;
  }
  const list = topPanels(json);
  const at = list.indexOf(row);
  if (row['collapsed'] !== true) {
    const inside = new Set(sectionOf(json, row));
    const closed = { ...row, collapsed: true, panels: [...inside] };
    return arranged(withPanels(json, list.filter((panel) => !inside.has(panel)).map((panel) => (panel === row ? closed : panel))), compactItems);
  }
  const stored = array(row['panels']).map(object);
  const y = itemOf(row).y;
  const top = Math.min(...stored.map((panel) => itemOf(panel).y));
  const placed = stored.map((panel) => lowered(panel, y + 1 - top));
  const by = Math.max(0, bottomOf(placed.map(itemOf)) - y - 1);
  const open = { ...row, collapsed: false, panels: [] };
  return withPanels(json, [...list.slice(0, at), open, ...placed, ...list.slice(at + 1).map((panel) => lowered(panel, by))]);
}

/** Moves a row with everything under it before another row, or to the end. */
export function moveRow(json: Json, id: number, beforeRowId: number | undefined): Json {
  const row = findPanel(json, id);
  if (row === undefined || !isRow(row) || id === beforeRowId) {
    return json;
  }
  const moved = new Set([row, ...sectionOf(json, row)]);
  const others = topPanels(json).filter((panel) => !moved.has(panel));
  const before = others.findIndex((panel) => panel['id'] === beforeRowId && isRow(panel));
  const at = before < 0 ? others.length : before;
  return stacked(json, [...others.slice(0, at), ...moved, ...others.slice(at)]);
}

export function setVariables(json: Json, list: readonly Json[]): Json {
  return { ...json, templating: { ...object(json['templating']), list } };
}

export function setAnnotations(json: Json, list: readonly Json[]): Json {
  return { ...json, annotations: { ...object(json['annotations']), list } };
}

export function setLinks(json: Json, links: readonly Json[]): Json {
  return { ...json, links };
}

/** Changes settings of the dashboard itself, such as title, tags, time and timezone; undefined removes one. */
export function setSettings(json: Json, change: Json): Json {
  return Object.fromEntries(Object.entries({ ...json, ...change }).filter(([, value]) => value !== undefined));
}

function topPanels(json: Json): Json[] {
  return array(json['panels']).map(object);
}

function withPanels(json: Json, panels: readonly Json[]): Json {
  return { ...json, panels };
}

function isRow(panel: Json): boolean {
  return panel['type'] === 'row';
}

/** The panels under a row up to the next one, or those above the first row. */
function sectionOf(json: Json, row: Json | undefined): Json[] {
  const sorted = [...topPanels(json)].sort((a, b) => itemOf(a).y - itemOf(b).y || Number(isRow(b)) - Number(isRow(a)) || itemOf(a).x - itemOf(b).x);
  const from = row === undefined ? 0 : sorted.indexOf(row) + 1;
  const end = sorted.findIndex((panel, i) => i >= from && isRow(panel));
  return sorted.slice(from, end < 0 ? sorted.length : end);
}

function itemOf(panel: Json): GridItem {
  const place = object(panel['gridPos']);
  return { id: number(panel['id'], 0), x: number(place['x'], 0), y: number(place['y'], 0), w: number(place['w'], PANEL_SIZE.w), h: number(place['h'], PANEL_SIZE.h) };
}

function sizeOf(panel: Json): { w?: number; h?: number } {
  const place = object(panel['gridPos']);
  return { ...(typeof place['w'] === 'number' ? { w: place['w'] } : {}), ...(typeof place['h'] === 'number' ? { h: place['h'] } : {}) };
}

/** The panels inside of a collapsed row move along when it does, at the latest when it is opened. */
function lowered(panel: Json, by: number): Json {
  return by === 0 ? panel : { ...panel, gridPos: { ...object(panel['gridPos']), y: itemOf(panel).y + by } };
}

function arranged(json: Json, arrange: (items: readonly GridItem[]) => GridItem[]): Json {
  const list = topPanels(json);
  const places = arrange(list.map(itemOf));
  const panels = list.map((panel, i) => {
    const place = places[i];
    const old = itemOf(panel);
    const same = place === undefined || (place.x === old.x && place.y === old.y && place.w === old.w && place.h === old.h);
    return same ? panel : { ...panel, gridPos: { ...object(panel['gridPos']), x: place.x, y: place.y, w: place.w, h: place.h } };
  });
  return withPanels(json, panels);
}

/** Sections one below the other in the order of the list, each with its inner arrangement. */
function stacked(json: Json, panels: readonly Json[]): Json {
  const sections: Json[][] = [];
  for (const panel of panels) {
    if (isRow(panel) || sections.length === 0) sections.push([panel]);
    else sections.at(-1)?.push(panel);
  }
  let y = 0;
  const placed = sections.flatMap((section) => {
    const top = Math.min(...section.map((panel) => itemOf(panel).y));
    const by = y - top;
    y += bottomOf(section.map(itemOf)) - top;
    return section.map((panel) => lowered(panel, by));
  });
  return withPanels(json, placed);
}
