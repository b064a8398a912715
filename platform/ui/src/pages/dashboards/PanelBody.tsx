import { Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { IncidentList } from '../../components/IncidentList';
import { Empty } from '../../components/states';
import { LogList } from '../../components/LogList';
import type { Panel } from '../../lib/dashboard';
import { interpolate, type VariableValues } from '../../lib/variables';
import { AlertListPanel } from './AlertListPanel';
import { BarGaugePanel, GaugePanel } from './GaugePanel';
import { Markdown } from './Markdown';
import { panelSeries, type PanelSeries } from './panelSeries';
import { PiePanel } from './PiePanel';
import { StatPanel } from './StatPanel';
import { TablePanel } from './TablePanel';
import { TimeseriesPanel } from './TimeseriesPanel';
import { WhyEmpty } from './WhyEmpty';
import type { PanelData } from './usePanelData';

/** Draws the panel's data as its type asks, or says why there is nothing to draw. */
export function PanelBody({ panel, data, values }: { panel: Panel; data: PanelData; values: VariableValues }) {
  const series = useMemo(() => panelSeries(panel, data.results), [panel, data.results]);
  if (panel.kind === 'text') {
    return <Markdown source={interpolate(panel.options.content, values, 'text')} mode={panel.options.contentMode} />;
  }
  if (panel.kind === 'alertlist') {
    return <AlertListPanel panel={panel} />;
  }
  if (panel.kind === 'incidents') {
    return <IncidentList limit={panel.options.maxItems} className="panel-scroll" />;
  }
  const empty = emptyReason(panel, data, series);
  if (empty !== undefined) {
    return empty;
  }
  return (
    <>
      {!panel.known && (
        <Text size="xs" c="dimmed">
          Panels of type “{panel.type}” are not drawn; this is the panel's data as a table.
        </Text>
      )}
      <Drawn panel={panel} data={data} series={series} />
    </>
  );
}

function Drawn({ panel, data, series }: { panel: Panel; data: PanelData; series: readonly PanelSeries[] }): ReactNode {
  const lines = data.results.flatMap((result) => result.lines);
  switch (panel.kind) {
    case 'timeseries':
      return lines.length > 0 && series.length === 0 ? <LogList lines={lines} height="fill" /> : <TimeseriesPanel panel={panel} series={series} results={data.results} />;
    case 'stat':
      return <StatPanel panel={panel} series={series} />;
    case 'gauge':
      return <GaugePanel panel={panel} series={series} />;
    case 'bargauge':
      return <BarGaugePanel panel={panel} series={series} />;
    case 'piechart':
      return <PiePanel panel={panel} series={series} />;
    case 'logs':
      return <LogList lines={lines} height="fill" />;
    case 'table':
      return lines.length > 0 ? <LogList lines={lines} height="fill" /> : <TablePanel panel={panel} series={series} />;
    case 'text':
    case 'alertlist':
    case 'incidents':
      return null;
  }
}

function emptyReason(panel: Panel, data: PanelData, series: readonly PanelSeries[]): ReactNode {
  if (data.results.some((result) => result.lines.length > 0) || series.length > 0) {
    return undefined;
  }
  if (panel.targets.length === 0) {
    return <Empty>This panel has no query.</Empty>;
  }
  if (data.queries.length === 0) {
    return <Empty>{panel.targets.some((target) => target.dataSource === 'other') ? 'This panel asks a data source of a type that is not here.' : 'The query of this panel is empty.'}</Empty>;
  }
  if (data.results.length < data.queries.length) {
    return <></>;
  }
  return <WhyEmpty queries={data.queries} />;
}
