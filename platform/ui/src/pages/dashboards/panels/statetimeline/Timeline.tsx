import { useMemo, useState } from 'react';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { PlotFrame } from '../../../../components/plot/PlotFrame';
import { PlotLegend } from '../../../../components/plot/PlotLegend';
import { sampleStep, timelineLegend, timelineRows } from '../../../../lib/plot/timeline';
import type { PanelProps } from '../panel';
import { stateTimelineOptions } from './options';
import { TimelineSurface } from './TimelineSurface';

const PAGER_PX = 30;

/** Rows of states over time, a page of them at once. */
export function Timeline(props: PanelProps & { readonly mode: 'changes' | 'samples' }) {
  const { panel, data, range, dark, mode, width, height } = props;
  const options = useMemo(() => stateTimelineOptions(panel.options), [panel.options]);
  const rows = useMemo(
    () => timelineRows(data.frames, { mode, mergeValues: options.mergeValues, colWidth: options.colWidth, rangeToMs: range.toMs, dark }),
    [data.frames, mode, options.mergeValues, options.colWidth, range.toMs, dark],
  );
  const [page, setPage] = useState(0);
  if (rows.length === 0) {
    return <PanelMessage>{data.frames.every((frame) => frame.length === 0) ? 'No data' : 'The data have no time field with states beside it.'}</PanelMessage>;
  }
  const pages = Math.ceil(rows.length / options.perPage);
  const current = Math.min(page, pages - 1);
  const onPage = rows.slice(current * options.perPage, (current + 1) * options.perPage);
  const items = timelineLegend(rows, dark).map(({ text, color }) => ({ name: text, color, shown: true, values: [] }));
  const paged = pages > 1;
  const span = mode === 'samples' ? sampleRange(rows, range) : range;
  return (
    <div style={{ width, height }}>
      <PlotFrame
        width={width}
        height={height - (paged ? PAGER_PX : 0)}
        legend={options.legend.show && items.length > 0 ? options.legend : undefined}
        legendContent={<PlotLegend items={items} options={{ ...options.legend, mode: 'list', sortBy: undefined }} />}
      >
        {(plotWidth, plotHeight) => <TimelineSurface {...props} range={span} rows={onPage} options={options} width={plotWidth} height={plotHeight} />}
      </PlotFrame>
      {paged && (
        <div className="timeline-pager" style={{ height: PAGER_PX }}>
          <button type="button" disabled={current === 0} onClick={() => setPage(current - 1)} aria-label="Rows before">
            ‹
          </button>
          <span>
            {current * options.perPage + 1} to {current * options.perPage + onPage.length} of {rows.length} rows
          </span>
          <button type="button" disabled={current === pages - 1} onClick={() => setPage(current + 1)} aria-label="Next rows">
            ›
          </button>
        </div>
      )}
    </div>
  );
}

/** Half a step more at each end, so that the outer boxes are whole. */
function sampleRange(rows: ReturnType<typeof timelineRows>, range: PanelProps['range']): PanelProps['range'] {
  const middles = [...new Set(rows.flatMap((row) => row.segments.map((segment) => (segment.fromMs + segment.toMs) / 2)))].sort((a, b) => a - b);
  const [first] = middles;
  const last = middles.at(-1);
  const half = sampleStep(middles) / 2;
  return first === undefined || last === undefined ? range : { fromMs: first - half, toMs: last + half };
}
