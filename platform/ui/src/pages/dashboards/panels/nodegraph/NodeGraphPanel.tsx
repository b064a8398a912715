import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Empty } from '../../../../components/states';
import { layoutGraph } from '../../../../lib/nodegraph/layout';
import { readGraph, type Graph } from '../../../../lib/nodegraph/readGraph';
import type { TemplateScope } from '../../../../lib/template/scope';
import type { PanelProps } from '../panel';
import { GraphDrawing } from './GraphDrawing';
import { GraphList } from './GraphList';
import { Chosen, type Choice } from './Chosen';
import './nodegraph.css';

/** More nodes are not drawn: nobody finds one among them. */
const MAX_NODES = 1000;

/** Nodes and the edges between them, as a drawing or as a list. */
export default function NodeGraphPanel({ data, scope, dark, height }: PanelProps) {
  const read = useMemo(() => readGraph(data.frames, dark), [data.frames, dark]);
  if (read.kind === 'unreadable') {
    return <Empty>{read.message}</Empty>;
  }
  if (read.graph.nodes.length === 0) {
    return <Empty>This graph has no nodes.</Empty>;
  }
  return <GraphView graph={read.graph} scope={scope} height={height} />;
}

function GraphView({ graph, scope, height }: { graph: Graph; scope: TemplateScope; height: number }) {
  const [view, setView] = useState<'drawing' | 'list'>('drawing');
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const shown = useMemo(() => bounded(graph), [graph]);
  const layout = useMemo(() => layoutGraph(shown), [shown]);
  const notices = [...shown.notices, ...(layout.kind === 'grid' && shown.edges.length > 0 ? ['The nodes stand in a grid: there are too many of them to place them by their edges.'] : [])];
  return (
    <div className="graph-panel" style={{ height }}>
      <div className="graph-tools">
        <SegmentedControl size="xs" aria-label="How the graph is shown" data={[{ value: 'drawing', label: 'Graph' }, { value: 'list', label: 'List' }]} value={view} onChange={(value) => setView(value === 'list' ? 'list' : 'drawing')} />
        {shown.legend.map((entry) => (
          <span key={entry.name} className="graph-legend">
            <span className="swatch" style={{ background: entry.color }} /> {entry.name}
          </span>
        ))}
      </div>
      {notices.map((notice) => (
        <p key={notice} className="graph-notice">
          {notice}
        </p>
      ))}
      {view === 'drawing' ? <GraphDrawing graph={shown} layout={layout} choice={choice} onChoose={setChoice} /> : <GraphList graph={shown} onChoose={setChoice} />}
      {choice && (
        <aside className="graph-chosen card" aria-label="What is chosen">
          <Chosen choice={choice} scope={scope} />
          <Button size="compact-xs" variant="default" onClick={() => setChoice(undefined)}>
            Close
          </Button>
        </aside>
      )}
    </div>
  );
}

function bounded(graph: Graph): Graph {
  if (graph.nodes.length <= MAX_NODES) {
    return graph;
  }
  const nodes = graph.nodes.slice(0, MAX_NODES);
  const kept = new Set(nodes.map((node) => node.id));
  return { ...graph, nodes, edges: graph.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)), notices: [...graph.notices, `The first ${MAX_NODES} of ${graph.nodes.length} nodes are shown.`] };
}
