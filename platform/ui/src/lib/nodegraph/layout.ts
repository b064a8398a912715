import { graphlib, layout as runDagre } from '@dagrejs/dagre';
import type { Graph } from './readGraph';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  /** Centres of nodes by their id. */
  readonly nodes: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
  readonly kind: 'layers' | 'grid' | 'given';
}

/** More than these are not placed in layers, which would take seconds. */
export const MAX_LAYERED_NODES = 250;
const MAX_LAYERED_EDGES = 1200;
const LABEL_PX = 40;
const GAP_PX = 50;

/** Where the nodes stand: as the data say, in layers from left to right, or in a grid where there are too many or nothing connects them. */
export function layoutGraph(graph: Graph): Layout {
  const { nodes, edges } = graph;
  if (nodes.length > 0 && nodes.every((node) => node.at !== undefined)) {
    return placed(new Map(nodes.map((node) => [node.id, node.at ?? { x: 0, y: 0 }])), 'given');
  }
  if (edges.length === 0 || nodes.length > MAX_LAYERED_NODES || edges.length > MAX_LAYERED_EDGES) {
    return grid(graph);
  }
  const dagre = new graphlib.Graph({ multigraph: true });
  dagre.setGraph({ rankdir: 'LR', nodesep: GAP_PX, ranksep: GAP_PX * 2 });
  dagre.setDefaultEdgeLabel(() => ({}));
  // Numbers stand for ids: the library keeps names as properties of objects, where an id such as "__proto__" would be one of every object.
  const numbers = new Map(nodes.map((node, index) => [node.id, `n${index}`]));
  for (const node of nodes) dagre.setNode(numbers.get(node.id) ?? '', { width: node.radius * 2 + GAP_PX, height: node.radius * 2 + LABEL_PX });
  edges.forEach((edge, index) => {
    const [source, target] = [numbers.get(edge.source), numbers.get(edge.target)];
    // A loop does not say where its node stands.
    if (source !== undefined && target !== undefined && source !== target) dagre.setEdge(source, target, {}, String(index));
  });
  runDagre(dagre);
  return placed(
    new Map(
      nodes.map((node) => {
        const { x = 0, y = 0 } = dagre.node(numbers.get(node.id) ?? '') as { x?: number; y?: number };
        return [node.id, { x, y }];
      }),
    ),
    'layers',
  );
}

function grid({ nodes }: Graph): Layout {
  const columns = Math.max(1, Math.ceil(Math.sqrt(nodes.length * 1.6)));
  const cell = Math.max(...nodes.map((node) => node.radius), 0) * 2 + GAP_PX + LABEL_PX;
  return placed(new Map(nodes.map((node, index) => [node.id, { x: (index % columns) * cell, y: Math.floor(index / columns) * cell }])), 'grid');
}

const MARGIN_PX = 90;

/** Moves everything so that it begins at the margin. */
function placed(nodes: ReadonlyMap<string, Place>, kind: Layout['kind']): Layout {
  const all = [...nodes.values()];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (all.length === 0) {
    return { nodes, width: 0, height: 0, kind };
  }
  const [left, top] = [least(all.map((place) => place.x)), least(all.map((place) => place.y))];
  return {
    nodes: new Map([...nodes].map(([id, { x, y }]) => [id, { x: x - left + MARGIN_PX, y: y - top + MARGIN_PX }])),
    width: most(all.map((place) => place.x)) - left + 2 * MARGIN_PX,
    height: most(all.map((place) => place.y)) - top + 2 * MARGIN_PX,
    kind,
  };
}

/** The line between the rims of two nodes, with room for an arrow at its end; a loop for an edge to the same node. */
export function edgePath(from: Place, to: Place, fromRadius: number, toRadius: number): { readonly path: string; readonly middle: Place } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 1) {
    const r = fromRadius;
    return { path: `M${from.x - r * 0.5} ${from.y - r * 0.9}C${from.x - r} ${from.y - r * 2.4} ${from.x + r} ${from.y - r * 2.4} ${from.x + r * 0.5} ${from.y - r * 0.9}`, middle: { x: from.x, y: from.y - r * 2 } };
  }
  const at = (distance: number) => ({ x: from.x + (dx / length) * distance, y: from.y + (dy / length) * distance });
  const start = at(Math.min(length / 2, fromRadius + 4));
  const end = at(Math.max(length / 2, length - toRadius - 9));
  return { path: `M${round(start.x)} ${round(start.y)}L${round(end.x)} ${round(end.y)}`, middle: at(length / 2) };
}

/** The part of a circle between two shares of its turn, from the top clockwise. */
export function arcPath(center: Place, radius: number, fromShare: number, toShare: number): string {
  const point = (share: number) => `${round(center.x + radius * Math.sin(share * 2 * Math.PI))} ${round(center.y - radius * Math.cos(share * 2 * Math.PI))}`;
  // A whole circle has no end apart from its start.
  const end = Math.min(toShare, fromShare + 0.9999);
  return `M${point(fromShare)}A${radius} ${radius} 0 ${end - fromShare > 0.5 ? 1 : 0} 1 ${point(end)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
