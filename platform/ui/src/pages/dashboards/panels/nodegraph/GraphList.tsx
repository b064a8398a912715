import { useMemo } from 'react';
import type { Graph } from '../../../../lib/nodegraph/readGraph';
import { nodeName, type Choice } from './Chosen';

const MAX_LISTED = 300;

/** The graph in words: each node with what it leads to. */
export function GraphList({ graph, onChoose }: { graph: Graph; onChoose: (choice: Choice) => void }) {
  const byId = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const outgoing = useMemo(() => {
    const lists = new Map<string, Graph['edges'][number][]>();
    for (const edge of graph.edges) {
      const list = lists.get(edge.source);
      if (list) list.push(edge);
      else lists.set(edge.source, [edge]);
    }
    return lists;
  }, [graph]);
  return (
    <ul className="graph-list">
      {graph.nodes.slice(0, MAX_LISTED).map((node) => (
        <li key={node.id}>
          <button type="button" className="graph-item" onClick={() => onChoose({ kind: 'node', node })}>
            <strong>{nodeName(node)}</strong> {[node.subtitle, node.main, node.secondary].filter((text) => text !== '').join(', ')}
          </button>
          {(outgoing.get(node.id) ?? []).slice(0, MAX_LISTED).map((edge, index) => {
            const target = byId.get(edge.target);
            return (
              <button key={index} type="button" className="graph-item edge" onClick={() => onChoose({ kind: 'edge', edge, source: node, target })}>
                → {target ? nodeName(target) : edge.target} {[edge.main, edge.secondary].filter((text) => text !== '').join(', ')}
              </button>
            );
          })}
        </li>
      ))}
      {graph.nodes.length > MAX_LISTED && <li>and {graph.nodes.length - MAX_LISTED} more nodes</li>}
    </ul>
  );
}
