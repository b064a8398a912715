import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { AbsoluteRange } from '../../lib/time';
import { Signal } from './hover';
import type { Hover } from './hoverState';
import { withInteraction, type RemoteFlag } from './interaction';
import { joinPointers, sharePointer } from './sync';

/** The plot inside its box, in pixels. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawn {
  readonly plot: uPlot;
  readonly box: PlotBox;
  /** Counts drawings: what lies over the plot follows its scales. */
  readonly revision: number;
}

export interface PlotSurroundings {
  readonly sync?: { readonly key: string; readonly mode: 0 | 1 | 2 } | undefined;
  readonly onZoom?: ((range: AbsoluteRange) => void) | undefined;
  readonly onAnnotate?: ((range: AbsoluteRange) => void) | undefined;
}

export interface Pinned {
  readonly hover: Hover;
  readonly at: { readonly x: number; readonly y: number };
}

type Options = Omit<uPlot.Options, 'width' | 'height'>;

/** What every plot over time shares: its pointer, the pointers of its group, a card that was kept open, zoom and annotations. */
export function usePlot(surroundings: PlotSurroundings) {
  const [drawn, setDrawn] = useState<Drawn | undefined>(undefined);
  const [pinned, setPinned] = useState<Pinned | undefined>(undefined);
  const [hover] = useState(() => new Signal<Hover | undefined>(undefined));
  const plot = useRef<uPlot | undefined>(undefined);
  const remote = useRef<RemoteFlag>({ active: false });
  const latest = useRef(surroundings);
  useLayoutEffect(() => {
    latest.current = surroundings;
  });
  const { key, mode = 0 } = surroundings.sync ?? {};

  useEffect(() => {
    if (key === undefined || mode === 0) {
      return undefined;
    }
    return joinPointers(key, remote.current, (pointer) => {
      const u = plot.current;
      if (!u) return;
      const left = pointer ? u.valToPos(pointer.timeMs, 'x') : -10;
      remote.current.active = true;
      u.setCursor({ left: left >= 0 && left <= u.over.clientWidth ? left : -10, top: pointer ? pointer.height * u.over.clientHeight : -10 });
      remote.current.active = false;
    });
  }, [key, mode]);

  const onHover = (now: Hover | undefined) => {
    hover.set(now);
    const u = plot.current;
    const { sync } = latest.current;
    if (u && sync && sync.mode > 0 && !remote.current.active) {
      sharePointer(sync.key, remote.current, now ? { timeMs: u.posToVal(now.left, 'x'), height: now.top / Math.max(1, u.over.clientHeight) } : undefined);
    }
  };
  /** Adds what is shared to the options of a plot. */
  const withSurroundings = (options: Options): Options => {
    const made = withInteraction(
      options,
      () => ({ onHover, onClick: (now, at) => setPinned({ hover: now, at }), onZoom: latest.current.onZoom, onAnnotate: latest.current.onAnnotate }),
      remote.current,
    );
    const note = (u: uPlot) => setDrawn((before) => ({ plot: u, box: boxOf(u), revision: (before?.revision ?? 0) + 1 }));
    return { ...made, hooks: { ...made.hooks, draw: [...(made.hooks?.draw ?? []), note] } };
  };
  const onPlot = (u: uPlot | undefined) => {
    plot.current = u;
    hover.set(undefined);
    if (!u) setDrawn(undefined);
  };
  return { drawn, pinned, setPinned, hover, plot, withSurroundings, onPlot };
}

function boxOf(u: uPlot): PlotBox {
  const { left, top, width, height } = u.bbox;
  return { left: left / devicePixelRatio, top: top / devicePixelRatio, width: width / devicePixelRatio, height: height / devicePixelRatio };
}
