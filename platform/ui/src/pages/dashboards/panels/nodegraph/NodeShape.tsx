import { memo } from 'react';
import { arcPath, type Place } from '../../../../lib/nodegraph/layout';
import type { GraphNode } from '../../../../lib/nodegraph/readGraph';
import { nodeName } from './Chosen';

interface NodeShapeProps {
  readonly node: GraphNode;
  readonly place: Place;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

const MAX_NAME_CHARS = 28;
const MAX_FIGURE_CHARS = 14;
const RIM_PX = 4;

export const NodeShape = memo(function NodeShape({ node, place, chosen, onChoose }: NodeShapeProps) {
  const { x, y } = place;
  const name = short(nodeName(node), MAX_NAME_CHARS);
  const starts = node.arcs.map((_, index) => node.arcs.slice(0, index).reduce((sum, arc) => sum + arc.share, 0));
  return (
    <g className={`graph-node${chosen || node.highlighted ? ' chosen' : ''}`} data-choose onClick={onChoose}>
      <title>{`${nodeName(node)} ${node.subtitle}`.slice(0, 300)}</title>
      <circle cx={x} cy={y} r={node.radius} className="graph-node-body" />
      {node.arcs.length === 0 && <circle cx={x} cy={y} r={node.radius} className="graph-node-rim" style={node.color === undefined ? undefined : { stroke: node.color }} />}
      {node.arcs.map((arc, index) => (
        <path key={index} d={arcPath(place, node.radius, starts[index] ?? 0, Math.min(1, (starts[index] ?? 0) + arc.share))} fill="none" stroke={arc.color} strokeWidth={RIM_PX} />
      ))}
      <text x={x} y={y + (node.secondary === '' ? 4 : -2)} textAnchor="middle" className="graph-figure">
        {short(node.main, MAX_FIGURE_CHARS)}
      </text>
      <text x={x} y={y + 13} textAnchor="middle" className="graph-figure second">
        {short(node.secondary, MAX_FIGURE_CHARS)}
      </text>
      <text x={x} y={y + node.radius + 16} textAnchor="middle" className="graph-name">
        {name}
      </text>
      <text x={x} y={y + node.radius + 30} textAnchor="middle" className="graph-subtitle">
        {short(node.subtitle, MAX_NAME_CHARS)}
      </text>
    </g>
  );
});

function short(text: string, chars: number): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text;
}
