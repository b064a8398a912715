import { useEffect, useLayoutEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

interface UPlotCanvasProps {
  /** Made anew when this changes: everything that uPlot cannot change afterwards. */
  readonly shape: string;
  /** The options for a new plot; size is added. */
  readonly options: () => Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  readonly width: number;
  readonly height: number;
  /** Drawn again when this changes. */
  readonly drawn?: unknown;
  readonly onPlot?: (plot: uPlot | undefined) => void;
}

/** A uPlot that lives as long as its shape stays the same. */
export function UPlotCanvas({ shape, options, data, width, height, drawn, onPlot }: UPlotCanvasProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef({ options, data, width, height, onPlot });
  useLayoutEffect(() => {
    latest.current = { options, data, width, height, onPlot };
  });
  useEffect(() => {
    const element = holder.current;
    if (!element) {
      return undefined;
    }
    const now = latest.current;
    const made = new uPlot({ ...now.options(), width: now.width, height: now.height }, now.data, element);
    plot.current = made;
    now.onPlot?.(made);
    return () => {
      latest.current.onPlot?.(undefined);
      made.destroy();
      plot.current = undefined;
    };
  }, [shape]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [data, drawn]);
  useEffect(() => {
    const made = plot.current;
    if (made && (made.width !== width || made.height !== height)) {
      made.setSize({ width, height });
    }
  }, [width, height]);
  return <div ref={holder} className="plot-canvas" />;
}
