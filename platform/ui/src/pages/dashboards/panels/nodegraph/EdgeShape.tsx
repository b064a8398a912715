import { memo } from 'react';
import { edgePath, type Place } from '../../../../lib/nodegraph/layout';
import type { GraphEdge } from '../../../../lib/nodegraph/readGraph';

interface EdgeShapeProps {
  readonly edge: GraphEdge;
  readonly from: Place | undefined;
  readonly to: Place | undefined;
  readonly fromRadius: number;
  readonly toRadius: number;
  /** The id of the arrow's head. */
  readonly arrow: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

const MAX_LABEL_CHARS = 24;

export const EdgeShape = memo(function EdgeShape({ edge, from, to, fromRadius, toRadius, arrow, chosen, onChoose }: EdgeShapeProps) {
  if (!from || !to) {
    return null;
  }
  const { path, middle } = edgePath(from, to, fromRadius, toRadius);
  const label = edge.main.slice(0, MAX_LABEL_CHARS);
  return (
    <g className={`graph-edge${chosen || edge.highlighted ? ' chosen' : ''}`} data-choose onClick={onChoose}>
      <path d={path} className="graph-edge-reach" />
      <path d={path} className="graph-edge-line" strokeDasharray={edge.dashes} markerEnd={`url(#${arrow})`} style={{ strokeWidth: edge.thickness, ...(edge.color === undefined ? {} : { stroke: edge.color }) }} />
      {label !== '' && (
        <text x={middle.x} y={middle.y - 6} textAnchor="middle" className="graph-edge-label">
          {label}
        </text>
      )}
    </g>
  );
});
