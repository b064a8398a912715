import { useCallback, useMemo } from 'react';
import { DataLinks } from '../../../../components/plot/DataLinks';
import { PanelMessage } from '../../../../components/plot/PanelMessage';
import { TimePlot } from '../../../../components/plot/TimePlot';
import { chartSeries, type ChartSeries } from '../../../../lib/plot/chartSeries';
import { exemplarMarks } from '../../../../lib/plot/exemplars';
import { legendValues } from '../../../../lib/plot/legendValues';
import type { PanelProps } from '../panel';
import { panelTimeZone, timeseriesOptions } from './options';

/** Series over time. */
export default function TimeseriesPanel({ panel, data, scope, range, timeZone, width, height, dark, sync, onZoom, onAnnotate }: PanelProps) {
  const options = useMemo(() => timeseriesOptions(panel.options), [panel.options]);
  const series = useMemo(() => chartSeries(data.frames), [data.frames]);
  const exemplars = useMemo(() => exemplarMarks(data.exemplars), [data.exemplars]);
  const values = useCallback((entry: ChartSeries) => legendValues(entry.source?.field, options.legend.calcs), [options.legend.calcs]);
  const footer = (timeMs: number, entry: ChartSeries | undefined, index: number | undefined) => (
    <>
      {entry?.source && index !== undefined && <DataLinks field={entry.source.field} row={rowAt(entry, timeMs)} scope={scope} />}
      {onAnnotate && (
        <button type="button" className="plot-tooltip-action" onClick={() => onAnnotate({ fromMs: timeMs, toMs: timeMs })}>
          Add annotation
        </button>
      )}
    </>
  );
  if (series.length === 0) {
    return <PanelMessage>{problemOf(data.frames)}</PanelMessage>;
  }
  return (
    <TimePlot
      series={series}
      label={`${panel.title || 'Chart'}: ${series.length === 1 ? (series[0]?.name ?? 'one series') : `${series.length} series`} over time`}
      range={range}
      timeZone={panelTimeZone(options.timeZones, timeZone)}
      width={width}
      height={height}
      dark={dark}
      legend={options.legend}
      legendValues={values}
      tooltip={options.tooltip}
      tooltipFooter={footer}
      sync={sync}
      annotations={data.annotations}
      exemplars={exemplars}
      onZoom={onZoom}
      onAnnotate={onAnnotate}
    />
  );
}

/** The row of the source frame at a time: gaps that were inserted have none. */
function rowAt(entry: ChartSeries, timeMs: number): number {
  const time = entry.source?.frame.fields.find((field) => field.type === 'time');
  return Math.max(0, time?.values.indexOf(timeMs) ?? 0);
}

function problemOf(frames: PanelProps['data']['frames']): string {
  if (!frames.some((frame) => frame.length > 0)) {
    return 'No data';
  }
  return frames.some((frame) => frame.fields.some((field) => field.type === 'time')) ? 'The data have no number field to draw.' : 'The data have no time field. Show them as a table, or add one in the query.';
}
