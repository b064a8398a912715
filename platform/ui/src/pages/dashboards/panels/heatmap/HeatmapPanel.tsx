import { useMemo } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { Signal } from '../../../../components/plot/hover';
import { countRange, visibleCells } from '../../../../lib/plot/heatmap/cells';
import { heatmapPalette } from '../../../../lib/plot/heatmap/schemes';
import { formatUnitText } from '../../../../lib/units/format';
import type { PanelProps } from '../panel';
import { ColorScale } from './ColorScale';
import { heatmapData } from './heatmapData';
import { HeatmapSurface } from './HeatmapSurface';
import { heatmapOptions } from './options';

/** How often values fall into buckets, over time. */
export default function HeatmapPanel(props: PanelProps) {
  const { panel, data, range, dark, width, height } = props;
  const options = useMemo(() => heatmapOptions(panel.options), [panel.options]);
  const heatmap = useMemo(() => heatmapData(data.frames, options, range), [data.frames, options, range]);
  const palette = useMemo(() => heatmapPalette(options.colors, dark), [options.colors, dark]);
  const cells = useMemo(() => visibleCells(heatmap?.cells ?? [], options.filter), [heatmap, options.filter]);
  const counts = useMemo(() => countRange(cells, options.colors.min, options.colors.max), [cells, options.colors]);
  const pointed = useMemo(() => new Signal<number | undefined>(undefined), []);
  if (!heatmap) {
    return <PanelMessage>{data.frames.every((frame) => frame.length === 0) ? 'No data' : 'The data have no times and numbers to make a heatmap of.'}</PanelMessage>;
  }
  const formatCount = (count: number) => formatUnitText(count, options.cellUnit ?? 'short', options.cellDecimals);
  const legend = options.legend ? ({ placement: 'bottom', width: undefined } as const) : undefined;
  return (
    <PlotFrame width={width} height={height} legend={legend} legendContent={<ColorScale palette={palette} counts={counts} format={formatCount} pointed={pointed} />}>
      {(plotWidth, plotHeight) => <HeatmapSurface {...props} heatmap={heatmap} cells={cells} counts={counts} palette={palette} options={options} formatCount={formatCount} pointed={pointed} width={plotWidth} height={plotHeight} />}
    </PlotFrame>
  );
}
