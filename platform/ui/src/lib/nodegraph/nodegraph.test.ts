import { describe, expect, it } from 'vitest';
import { showFrames } from '../field/showFrames';
import type { DataFrame } from '../frame/frame';
import { EMPTY_SCOPE } from '../template/createScope';
import { PAYLOADS } from '../../testing/payloads';
import { arcPath, edgePath, layoutGraph } from './layout';
import { readGraph, type Graph } from './readGraph';

type Columns = Readonly<Record<string, readonly unknown[]>>;

function frame(columns: Columns): DataFrame {
  const names = Object.keys(columns);
  return {
    refId: 'A',
    name: undefined,
    length: columns[names[0] ?? '']?.length ?? 0,
    fields: names.map((name) => ({ name, type: typeof columns[name]?.[0] === 'number' ? 'number' : 'string', values: columns[name] ?? [], config: {} })),
  };
}

function read(...tables: Columns[]): Graph {
  const result = readGraph(showFrames(tables.map(frame), { defaults: {}, overrides: [] }, { scope: EMPTY_SCOPE, dark: false, timeZone: 'UTC', panelType: 'nodeGraph' }), false);
  if (result.kind !== 'graph') throw new Error(result.message);
  return result.graph;
}

const NODES: Columns = {
  id: ['a', 'b'],
  title: ['Front', 'Back'],
  subTitle: ['x', ''],
  mainStat: [1.5, 2],
  arc__errors: [0.25, 0],
  arc__ok: [0.75, 1],
  detail__Region: ['eu', 'us'],
  nodeRadius: [20, 9999],
};

describe('a graph', () => {
  it('is read by the names of fields, in any case', () => {
    const graph = read(NODES, { id: ['e', 'f'], source: ['a', 'a'], target: ['b', 'nobody'], thickness: [3, 1], strokeDasharray: ['4 2', 'url(x)'], color: ['red', 'url(//evil.example)'] });
    expect(graph.nodes.map(({ id, title, subtitle, main, radius, details, arcs }) => ({ id, title, subtitle, main, radius, details, arcs: arcs.map(({ name, share }) => [name, share]) }))).toEqual([
      { id: 'a', title: 'Front', subtitle: 'x', main: '1.50', radius: 20, details: [{ name: 'Region', text: 'eu' }], arcs: [['errors', 0.25], ['ok', 0.75]] },
      { id: 'b', title: 'Back', subtitle: '', main: '2', radius: 150, details: [{ name: 'Region', text: 'us' }], arcs: [['ok', 1]] },
    ]);
    expect(graph.edges.map(({ source, target, thickness, dashes }) => [source, target, thickness, dashes])).toEqual([['a', 'b', 3, '4 2']]);
    expect(graph.notices).toEqual(['1 edges are not drawn: no row of the nodes has their source or target.']);
    expect(graph.legend.map((entry) => entry.name)).toEqual(['errors', 'ok']);
  });

  it('makes nodes of edges, which add up what comes in', () => {
    const graph = read({ id: ['1', '2'], source: ['a', 'b'], target: ['c', 'c'], mainstat: [1, 2] });
    expect(graph.nodes.map(({ id, main }) => [id, main])).toEqual([['a', ''], ['c', '3'], ['b', '']]);
  });

  it('says what it needs', () => expect(readGraph([], false)).toMatchObject({ kind: 'unreadable' }));
});

describe('a layout', () => {
  it('goes from left to right', () => {
    const { nodes, kind } = layoutGraph(read({ id: ['1', '2', '3'], source: ['a', 'b', 'c'], target: ['b', 'c', 'c'] }));
    expect(kind).toBe('layers');
    expect((nodes.get('a')?.x ?? 0) < (nodes.get('b')?.x ?? 0) && (nodes.get('b')?.x ?? 0) < (nodes.get('c')?.x ?? 0)).toBe(true);
  });

  it('is a grid without edges, or with too many', () => {
    expect(layoutGraph(read(NODES)).kind).toBe('grid');
    const many = Array.from({ length: 400 }, (_, i) => String(i));
    expect(layoutGraph(read({ id: many, source: many, target: many.map((_, i) => String(i + 1)) })).kind).toBe('grid');
    expect(layoutGraph({ nodes: [], edges: [], legend: [], notices: [] })).toMatchObject({ width: 0 });
  });

  it('is what the data say', () => {
    const layout = layoutGraph(read({ id: ['a', 'b'], fixedX: [10, 110], fixedY: [5, 5] }));
    expect([layout.kind, layout.nodes.get('a'), layout.nodes.get('b'), layout.width]).toEqual(['given', { x: 90, y: 90 }, { x: 190, y: 90 }, 280]);
  });
});

it('draws edges between rims, and rims in parts', () => {
  expect(edgePath({ x: 0, y: 0 }, { x: 100, y: 0 }, 10, 10)).toEqual({ path: 'M14 0L81 0', middle: { x: 50, y: 0 } });
  expect(edgePath({ x: 0, y: 0 }, { x: 0, y: 0 }, 10, 10).path).toContain('C');
  expect(arcPath({ x: 0, y: 0 }, 10, 0, 0.25)).toBe('M0 -10A10 10 0 0 1 10 0');
});

it.each(Object.entries(PAYLOADS))('takes the payload %s as id, title, colour and link', (_, payload) => {
  const graph = read({ id: [payload, 'b'], title: [payload, payload], color: [payload, payload], detail__x: [payload, payload] }, { id: [payload], source: [payload], target: ['b'], color: [payload], strokeDasharray: [payload] });
  expect(graph.nodes).toHaveLength(2);
  expect(graph.nodes.every(({ color }) => color === undefined || /^(#[0-9a-f]{3,8}|rgba?\([\d,. ]+\)|[a-z]{3,24})$/i.test(color))).toBe(true);
  expect(layoutGraph(graph).nodes.size).toBe(2);
});
