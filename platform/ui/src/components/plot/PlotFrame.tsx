import './plot.css';
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { LegendOptions } from '../../lib/plot/legend';

interface PlotFrameProps {
  readonly width: number;
  readonly height: number;
  readonly legend: Pick<LegendOptions, 'placement' | 'width'> | undefined;
  readonly legendContent: ReactNode;
  readonly children: (width: number, height: number) => ReactNode;
}

/** Narrower than this, a legend at the right goes below. */
const RIGHT_LEGEND_MIN_WIDTH = 380;

/** A chart and its legend, below or at the right, in a box of that size. */
export function PlotFrame({ width, height, legend, legendContent, children }: PlotFrameProps) {
  const { ref, width: plotWidth, height: plotHeight } = useElementSize<HTMLDivElement>();
  const right = legend?.placement === 'right' && width >= RIGHT_LEGEND_MIN_WIDTH;
  const measured = { width: Math.floor(legend ? plotWidth : width), height: Math.floor(legend ? plotHeight : height) };
  return (
    <div className={right ? 'plot-frame right' : 'plot-frame'} style={{ width, height }}>
      <div ref={ref} className="plot-area">
        {measured.width > 10 && measured.height > 10 && children(measured.width, measured.height)}
      </div>
      {legend && (
        <div className="plot-frame-legend" style={right ? { ...(legend.width === undefined ? {} : { width: legend.width }), maxWidth: '50%' } : { maxHeight: '35%' }}>
          {legendContent}
        </div>
      )}
    </div>
  );
}
