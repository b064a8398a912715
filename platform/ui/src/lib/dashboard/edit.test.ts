import { describe, expect, it } from 'vitest';
import { array, object, type Json } from '../json';
import { addPanel, addRow, duplicatePanel, findPanel, movePanel, moveRow, nextPanelId, removePanel, removeRow, replacePanel, resizePanel, setSettings, setVariables, toggleRow } from './edit';
import { moveItem } from './grid';

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const panel = (id: number, gridPos: object, more: object = {}): Json => ({ id, type: 'stat', gridPos, ...more });
const row = (id: number, y: number, more: object = {}): Json => ({ id, type: 'row', collapsed: false, panels: [], gridPos: at(0, y, 24, 1), ...more });

/** `id:x,y,w×h` of each, and those of collapsed rows in brackets. */
function shape(json: Json): string {
  const one = (item: Json): string => {
    const place = object(item['gridPos']);
    const inside = array(item['panels']).map((other) => one(object(other)));
    return `${String(item['id'])}:${String(place['x'])},${String(place['y'])},${String(place['w'])}×${String(place['h'])}${inside.length > 0 ? `[${inside.join(' ')}]` : ''}`;
  };
  return array(json['panels']).map((item) => one(object(item))).join(' ');
}

const two = { panels: [panel(1, at(0, 0, 12, 8)), panel(2, at(12, 0, 12, 8)), panel(3, at(0, 8, 24, 4))] };
const rows = { panels: [panel(1, at(0, 0, 12, 8)), row(2, 8), panel(3, at(0, 9, 12, 8)), row(4, 17, { collapsed: true, panels: [panel(5, at(0, 30, 6, 4))] })] };

describe('moving and resizing', () => {
  it.each<[string, Json, string]>([
    ['a panel down under its neighbour', movePanel(two, 1, { x: 12, y: 8 }), '1:12,8,12×8 2:12,0,12×8 3:0,16,24×4'],
    ['a panel onto its neighbour, which makes room', movePanel(two, 1, { x: 12, y: 0 }), '1:12,0,12×8 2:12,8,12×8 3:0,16,24×4'],
    ['a panel up, above what was there', movePanel(two, 3, { x: 0, y: 0 }), '1:0,4,12×8 2:12,4,12×8 3:0,0,24×4'],
    ['a panel out of the grid, which is held', movePanel(two, 2, { x: 99, y: -3 }), '1:0,0,12×8 2:12,0,12×8 3:0,8,24×4'],
    ['a higher panel pushes what is below', resizePanel(two, 1, { w: 12, h: 10 }), '1:0,0,12×10 2:12,0,12×8 3:0,10,24×4'],
    ['a lower one lets it rise', resizePanel(resizePanel(two, 1, { w: 12, h: 3 }), 2, { w: 12, h: 3 }), '1:0,0,12×3 2:12,0,12×3 3:0,3,24×4'],
    ['a wider one is held by the edge', resizePanel(two, 2, { w: 40, h: 8 }), '1:0,0,12×8 2:12,0,12×8 3:0,8,24×4'],
    ['a wider one pushes its neighbour down', resizePanel(two, 1, { w: 16, h: 8 }), '1:0,0,16×8 2:12,8,12×8 3:0,16,24×4'],
    ['a row with its own place in the grid', movePanel(rows, 3, { x: 0, y: 0 }), '1:0,8,12×8 2:0,16,24×1 3:0,0,12×8 4:0,17,24×1[5:0,30,6×4]'],
    ['an id that is not there', movePanel(two, 9, { x: 0, y: 0 }), shape(two)],
  ])('%s', (_what, json, expected) => {
    expect(shape(json)).toBe(expected);
  });

  it('never lets items overlap, whatever is dragged where', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    let items = Array.from({ length: 20 }, (_, id) => ({ id, x: (id % 2) * 12, y: Math.floor(id / 2) * 4, w: 12, h: 4 }));
    for (let n = 0; n < 200; n++) {
      items = moveItem(items, random(20), random(13), random(50)).map((item) => ({ ...item }));
      const overlaps = items.flatMap((a) => items.filter((b) => a.id < b.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h));
      expect(overlaps).toEqual([]);
    }
  });
});

describe('adding and removing', () => {
  it.each<[string, Json, string]>([
    ['a panel where there is room', addPanel({ panels: [panel(1, at(0, 0, 12, 8))] }, { type: 'stat' }).json, '1:0,0,12×8 2:12,0,12×8'],
    ['a panel above the first row, which moves down', addPanel(rows, { type: 'stat', gridPos: { w: 24, h: 3 } }).json, '1:0,0,12×8 6:0,8,24×3 2:0,11,24×1 3:0,12,12×8 4:0,20,24×1[5:0,30,6×4]'],
    ['a panel in a row', addPanel(rows, { type: 'stat' }, 2).json, '1:0,0,12×8 2:0,8,24×1 3:0,9,12×8 6:12,9,12×8 4:0,17,24×1[5:0,30,6×4]'],
    ['a panel in a collapsed row', addPanel(rows, { type: 'stat' }, 4).json, '1:0,0,12×8 2:0,8,24×1 3:0,9,12×8 4:0,17,24×1[5:0,30,6×4 6:0,18,12×8]'],
    ['a panel to an empty dashboard', addPanel({ panels: [] }, { type: 'stat' }).json, '1:0,0,12×8'],
    ['a row', addRow(two, 'More').json, '1:0,0,12×8 2:12,0,12×8 3:0,8,24×4 4:0,12,24×1'],
    ['a copy beside', duplicatePanel({ panels: [panel(1, at(0, 0, 12, 8)), panel(2, at(0, 8, 24, 4))] }, 1).json, '1:0,0,12×8 3:12,0,12×8 2:0,8,24×4'],
    ['a copy below', duplicatePanel(two, 3).json, '1:0,0,12×8 2:12,0,12×8 3:0,8,24×4 4:0,12,24×4'],
    ['without a panel', removePanel(two, 3), '1:0,0,12×8 2:12,0,12×8'],
    ['without one, so that others rise', removePanel(removePanel(two, 1), 2), '3:0,0,24×4'],
    ['without a panel of a collapsed row', removePanel(rows, 5), '1:0,0,12×8 2:0,8,24×1 3:0,9,12×8 4:0,17,24×1'],
    ['without a row', removeRow(rows, 2, false), '1:0,0,12×8 3:0,8,12×8 4:0,16,24×1[5:0,30,6×4]'],
    ['without a row and its panels', removeRow(rows, 2, true), '1:0,0,12×8 4:0,8,24×1[5:0,30,6×4]'],
    ['without a collapsed row, whose panels stay', removeRow(rows, 4, false), '1:0,0,12×8 2:0,8,24×1 3:0,9,12×8 5:0,17,6×4'],
  ])('%s', (_what, json, expected) => {
    expect(shape(json)).toBe(expected);
  });
});

describe('rows', () => {
  it('collapses with the panels up to the next row and opens again', () => {
    const closed = toggleRow(rows, 2);
    expect(shape(closed)).toBe('1:0,0,12×8 2:0,8,24×1[3:0,9,12×8] 4:0,9,24×1[5:0,30,6×4]');
    expect(shape(toggleRow(closed, 2))).toBe(shape(rows));
    expect(shape(toggleRow(rows, 4))).toBe('1:0,0,12×8 2:0,8,24×1 3:0,9,12×8 4:0,17,24×1 5:0,18,6×4');
  });

  it('moves with what is under it', () => {
    expect(shape(moveRow(rows, 4, 2))).toBe('1:0,0,12×8 4:0,8,24×1[5:0,30,6×4] 2:0,9,24×1 3:0,10,12×8');
    expect(shape(moveRow(rows, 2, undefined))).toBe('1:0,0,12×8 4:0,8,24×1[5:0,30,6×4] 2:0,9,24×1 3:0,10,12×8');
  });
});

describe('documents', () => {
  it('replaces a panel, also inside of a collapsed row, and keeps id and place', () => {
    const json = replacePanel(rows, 5, { id: 99, type: 'table', title: 'new' });
    expect(findPanel(json, 5)).toEqual({ id: 5, type: 'table', title: 'new', gridPos: at(0, 30, 6, 4) });
    expect(nextPanelId(json)).toBe(6);
  });

  it('leaves the old document and what it does not concern', () => {
    const before = JSON.stringify(rows);
    const json = replacePanel(rows, 1, { type: 'table' });
    expect(JSON.stringify(rows)).toBe(before);
    expect(array(json['panels'])[1]).toBe(rows.panels[1]);
  });

  it('sets variables and settings', () => {
    expect(setVariables({ templating: { other: 1 } }, [{ name: 'a' }])).toEqual({ templating: { other: 1, list: [{ name: 'a' }] } });
    expect(setSettings({ title: 'a', refresh: '5s' }, { title: 'b', refresh: undefined })).toEqual({ title: 'b' });
  });
});
