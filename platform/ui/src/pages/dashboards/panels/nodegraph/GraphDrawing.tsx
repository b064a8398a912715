import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Layout } from '../../../../lib/nodegraph/layout';
import type { Graph } from '../../../../lib/nodegraph/readGraph';
import { NO_MOVE, fitView, moved, zoomed, type View } from '../../../../lib/nodegraph/view';
import type { Choice } from './Chosen';
import { EdgeShape } from './EdgeShape';
import { NodeShape } from './NodeShape';

interface GraphDrawingProps {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice | undefined) => void;
}

const STEP_PX = 60;
const ZOOM_STEP = 1.25;

/** The drawing: drag or arrow keys move it, plus, minus and the wheel with Ctrl zoom, 0 shows all of it. */
export function GraphDrawing({ graph, layout, choice, onChoose }: GraphDrawingProps) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const arrow = useId();
  const [own, setOwn] = useState<View | undefined>(undefined);
  const view = own ?? (width > 0 && height > 0 ? fitView(layout, width, height) : NO_MOVE);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const element = svg.current;
    // React listens to the wheel passively, so that it could not keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element?.getBoundingClientRect();
      setOwn(zoomed(latest.current, Math.exp(-event.deltaY / 300), event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const zoom = (factor: number) => setOwn(zoomed(view, factor, width / 2, height / 2));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [STEP_PX, 0], ArrowRight: [-STEP_PX, 0], ArrowUp: [0, STEP_PX], ArrowDown: [0, -STEP_PX] }[event.key];
    if (step) setOwn(moved(view, step[0] ?? 0, step[1] ?? 0));
    else if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP);
    else if (event.key === '-') zoom(1 / ZOOM_STEP);
    else if (event.key === '0') setOwn(undefined);
    else if (event.key === 'Escape') onChoose(undefined);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('[data-choose]')) return;
    const element = event.currentTarget;
    const [fromX, fromY, start] = [event.clientX, event.clientY, view];
    element.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => setOwn(moved(start, next.clientX - fromX, next.clientY - fromY));
    element.addEventListener('pointermove', move);
    element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <div ref={ref} className="graph-drawing">
      <svg
        ref={svg}
        width="100%"
        height="100%"
        tabIndex={0}
        role="application"
        aria-label={`Graph of ${graph.nodes.length} nodes and ${graph.edges.length} edges. Arrow keys move it, plus and minus zoom; the list above has the same in words.`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
      >
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="2" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0L8 4L0 8Z" fill="context-stroke" />
          </marker>
        </defs>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {graph.edges.map((edge, index) => {
            const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
            return (
              source &&
              target && (
                <EdgeShape
                  key={index}
                  edge={edge}
                  from={layout.nodes.get(source.id)}
                  to={layout.nodes.get(target.id)}
                  fromRadius={source.radius}
                  toRadius={target.radius}
                  arrow={arrow}
                  chosen={choice?.kind === 'edge' && choice.edge === edge}
                  onChoose={() => onChoose({ kind: 'edge', edge, source, target })}
                />
              )
            );
          })}
          {graph.nodes.map((node) => {
            const place = layout.nodes.get(node.id);
            return place && <NodeShape key={node.id} node={node} place={place} chosen={choice?.kind === 'node' && choice.node.id === node.id} onChoose={() => onChoose({ kind: 'node', node })} />;
          })}
        </g>
      </svg>
      <div className="graph-zoom">
        <ActionIcon variant="default" size="md" aria-label="Zoom in" onClick={() => zoom(ZOOM_STEP)}>
          +
        </ActionIcon>
        <ActionIcon variant="default" size="md" aria-label="Zoom out" onClick={() => zoom(1 / ZOOM_STEP)}>
          −
        </ActionIcon>
        <ActionIcon variant="default" size="md" aria-label="Show all" onClick={() => setOwn(undefined)}>
          ⤢
        </ActionIcon>
      </div>
    </div>
  );
}
