import { safeColor } from '../color';
import { resolveColor } from '../field/colors';
import type { ShownField, ShownFrame } from '../field/fieldConfig';
import { displayText } from '../table/cellText';

export interface Detail {
  readonly name: string;
  readonly text: string;
}

/** Where the links of a node or an edge come from. */
export interface FrameRow {
  readonly frame: ShownFrame;
  readonly row: number;
}

export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly main: string;
  readonly secondary: string;
  /** Parts of the rim; their shares should add up to one. */
  readonly arcs: readonly { readonly name: string; readonly share: number; readonly color: string }[];
  /** Of the whole rim, where there are no parts. */
  readonly color: string | undefined;
  readonly radius: number;
  readonly highlighted: boolean;
  /** Where the data place it. */
  readonly at: { readonly x: number; readonly y: number } | undefined;
  readonly details: readonly Detail[];
  readonly from: FrameRow | undefined;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly main: string;
  readonly secondary: string;
  readonly color: string | undefined;
  readonly thickness: number;
  readonly dashes: string | undefined;
  readonly highlighted: boolean;
  readonly details: readonly Detail[];
  readonly from: FrameRow;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly legend: readonly { readonly name: string; readonly color: string }[];
  /** What the data lack, for a person to know. */
  readonly notices: readonly string[];
}

export type ReadGraph = { readonly kind: 'graph'; readonly graph: Graph } | { readonly kind: 'unreadable'; readonly message: string };

const RADIUS = 40;
const MAX_RADIUS = 150;
const MAX_THICKNESS = 20;

/** Nodes and edges by Grafana's names of fields; nodes are made of the edges where no frame has them. */
export function readGraph(frames: readonly ShownFrame[], dark: boolean): ReadGraph {
  const edgeFrame = frames.find((frame) => named(frame, 'source') && named(frame, 'target'));
  const nodeFrame = frames.find((frame) => frame !== edgeFrame && named(frame, 'id'));
  if (nodeFrame === undefined && edgeFrame === undefined) {
    return { kind: 'unreadable', message: 'A node graph needs a table of nodes with the column “id”, or a table of edges with “id”, “source” and “target”.' };
  }
  const notices: string[] = [];
  const listed = new Map<string, GraphNode>();
  for (const node of nodeFrame ? nodesOf(nodeFrame, dark) : []) listed.set(node.id, node);
  const allEdges = edgeFrame ? edgesOf(edgeFrame, dark) : [];
  const edges = nodeFrame ? allEdges.filter((edge) => listed.has(edge.source) && listed.has(edge.target)) : allEdges;
  if (edges.length < allEdges.length) {
    notices.push(`${allEdges.length - edges.length} edges are not drawn: no row of the nodes has their source or target.`);
  }
  if (nodeFrame === undefined && edgeFrame) {
    for (const node of nodesOfEdges(edgeFrame, edges)) listed.set(node.id, node);
  }
  return { kind: 'graph', graph: { nodes: [...listed.values()], edges, legend: nodeFrame ? arcFields(nodeFrame).map((field) => ({ name: labelOf(field, 'arc__'), color: colorOf(field) })) : [], notices } };
}

function named(frame: ShownFrame, name: string): ShownField | undefined {
  // A transformation renames a column by its display name.
  return frame.fields.find((field) => field.name.toLowerCase() === name) ?? frame.fields.find((field) => field.config.displayName?.toLowerCase() === name);
}

function prefixed(frame: ShownFrame, prefix: string): ShownField[] {
  return frame.fields.filter((field) => field.name.toLowerCase().startsWith(prefix));
}

function arcFields(frame: ShownFrame): ShownField[] {
  return prefixed(frame, 'arc__');
}

function labelOf(field: ShownField, prefix: string): string {
  const title = field.config.displayName ?? field.title;
  return title.toLowerCase().startsWith(prefix) ? title.slice(prefix.length) : title;
}

function colorOf(field: ShownField): string {
  return safeColor(field.color) ?? 'gray';
}

function nodesOf(frame: ShownFrame, dark: boolean): GraphNode[] {
  const id = named(frame, 'id');
  const x = named(frame, 'fixedx');
  const y = named(frame, 'fixedy');
  const arcs = arcFields(frame);
  const details = prefixed(frame, 'detail__');
  const text = (name: string, row: number) => shown(named(frame, name), row);
  return Array.from({ length: frame.length }, (_, row): GraphNode => {
    const [left, top] = [finite(x?.values[row]), finite(y?.values[row])];
    return {
      id: plain(id?.values[row]),
      title: text('title', row),
      subtitle: text('subtitle', row),
      main: text('mainstat', row),
      secondary: text('secondarystat', row),
      arcs: arcs.flatMap((field) => {
        const share = finite(field.values[row]) ?? 0;
        return share > 0 ? [{ name: labelOf(field, 'arc__'), share: Math.min(1, share), color: colorOf(field) }] : [];
      }),
      color: valueColor(named(frame, 'color'), row, dark),
      radius: Math.min(MAX_RADIUS, Math.max(10, finite(named(frame, 'noderadius')?.values[row]) ?? RADIUS)),
      highlighted: truth(named(frame, 'highlighted')?.values[row]),
      at: left !== undefined && top !== undefined ? { x: left, y: top } : undefined,
      details: details.map((field) => ({ name: labelOf(field, 'detail__'), text: shown(field, row) })),
      from: { frame, row },
    };
  });
}

function edgesOf(frame: ShownFrame, dark: boolean): GraphEdge[] {
  const details = prefixed(frame, 'detail__');
  const value = (name: string, row: number) => named(frame, name)?.values[row];
  return Array.from({ length: frame.length }, (_, row): GraphEdge => {
    const dashes = plain(value('strokedasharray', row));
    return {
      id: plain(value('id', row)) || String(row),
      source: plain(value('source', row)),
      target: plain(value('target', row)),
      main: shown(named(frame, 'mainstat'), row),
      secondary: shown(named(frame, 'secondarystat'), row),
      color: valueColor(named(frame, 'color'), row, dark),
      thickness: Math.min(MAX_THICKNESS, Math.max(0.5, finite(value('thickness', row)) ?? 1)),
      dashes: /^[\d\s.,]{1,40}$/.test(dashes) ? dashes : undefined,
      highlighted: truth(value('highlighted', row)),
      details: details.map((field) => ({ name: labelOf(field, 'detail__'), text: shown(field, row) })),
      from: { frame, row },
    };
  });
}

/** Nodes that only edges name: their figures are the sums of what comes in. */
function nodesOfEdges(frame: ShownFrame, edges: readonly GraphEdge[]): GraphNode[] {
  const main = named(frame, 'mainstat');
  const secondary = named(frame, 'secondarystat');
  const sums = new Map<string, { main: number | undefined; secondary: number | undefined }>();
  for (const edge of edges) {
    if (!sums.has(edge.source)) sums.set(edge.source, { main: undefined, secondary: undefined });
    const sum = sums.get(edge.target) ?? { main: undefined, secondary: undefined };
    const { row } = edge.from;
    sums.set(edge.target, { main: added(sum.main, main, row), secondary: added(sum.secondary, secondary, row) });
  }
  const written = (field: ShownField | undefined, value: number | undefined) => (field === undefined || value === undefined ? '' : displayText(field.display(value)));
  return [...sums].map(([id, sum]) => ({
    id,
    title: id,
    subtitle: '',
    main: written(main, sum.main),
    secondary: written(secondary, sum.secondary),
    arcs: [],
    color: undefined,
    radius: RADIUS,
    highlighted: false,
    at: undefined,
    details: [],
    from: undefined,
  }));
}

function added(sum: number | undefined, field: ShownField | undefined, row: number): number | undefined {
  const value = field?.type === 'number' ? finite(field.values[row]) : undefined;
  return value === undefined ? sum : (sum ?? 0) + value;
}

function shown(field: ShownField | undefined, row: number): string {
  const value = field?.values[row];
  return field === undefined || value === null || value === undefined ? '' : displayText(field.display(value));
}

function valueColor(field: ShownField | undefined, row: number, dark: boolean): string | undefined {
  const value = field?.values[row];
  if (field === undefined || value === null || value === undefined || value === '') {
    return undefined;
  }
  return safeColor(typeof value === 'string' ? resolveColor(value, dark) : field.display(value).color);
}

function plain(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function truth(value: unknown): boolean {
  return value === true || value === 'true' || value === 1;
}
