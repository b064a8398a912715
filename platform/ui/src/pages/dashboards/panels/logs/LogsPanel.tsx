import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { LabelList } from '../../../../components/LabelList';
import { LogList } from '../../../../components/LogList';
import { Empty } from '../../../../components/states';
import { commonLabels, dedupLines, frameLines, prettyLine, withoutAnsi } from '../../../../lib/logLines';
import { mergeOrdered } from '../../../../lib/logMerge';
import { formatSeries } from '../../../../lib/labels';
import { parsedFields, type LogLine } from '../../../../lib/logs';
import { formatDate } from '../../../../lib/units/dates';
import type { PanelProps } from '../panel';
import { logOptions, type LogOptions } from './logOptions';
import { useMoreLines } from './useMoreLines';
import './logs.css';

const TIME_PATTERN = 'YYYY-MM-DD HH:mm:ss.SSS';

/** The lines of log queries, as the panel wants them shown. */
export default function LogsPanel({ panel, data, range, timeZone }: PanelProps) {
  const options = useMemo(() => logOptions(panel.options), [panel.options]);
  const first = useMemo(() => frameLines(data.frames, options.ascending), [data.frames, options.ascending]);
  const more = useMoreLines(first, data.sent, range, options.more, options.ascending);
  const all = useMemo(() => mergeOrdered(first, more.lines), [first, more.lines]);
  const deduped = useMemo(() => dedupLines(all, options.dedup), [all, options.dedup]);
  const lines = useMemo(() => deduped.map((entry) => entry.line), [deduped]);
  const repeats = useMemo(() => new Map(deduped.map((entry) => [entry.line.key, entry.repeats])), [deduped]);
  const common = useMemo(() => commonLabels(all), [all]);
  if (all.length === 0) {
    return <Empty>There are no log lines in this answer: a logs panel needs a time and a text.</Empty>;
  }
  return (
    <div className={`logs-panel${options.small ? ' small' : ''}`}>
      {options.showCommonLabels && Object.keys(common).length > 0 && (
        <div className="logs-common">
          <Text size="xs" c="dimmed" span>
            Common labels
          </Text>
          <LabelList labels={common} />
        </div>
      )}
      <LogList
        lines={lines}
        height="fill"
        wrap={options.wrap || options.prettify}
        messages={false}
        showTime={options.showTime}
        timeText={(line) => formatDate(line.timeMs, TIME_PATTERN, timeZone)}
        lineText={(line) => lineText(line, options)}
        before={(line) => <Before repeats={repeats.get(line.key) ?? 0} labels={options.showLabels ? own(line, common) : undefined} deduped={options.dedup !== 'none'} />}
        details={options.details}
        onEnd={more.load}
      />
      {more.words !== undefined && (
        <Text size="xs" c="dimmed" role="status">
          {more.words}
        </Text>
      )}
    </div>
  );
}

function lineText(line: LogLine, options: LogOptions): string {
  if (options.fields.length > 0) {
    const fields: Readonly<Record<string, string>> = { ...parsedFields(line.line), ...line.metadata, ...line.stream };
    return options.fields.map((name) => (Object.hasOwn(fields, name) ? `${name}=${fields[name]}` : '')).filter((text) => text !== '').join(' ');
  }
  const text = withoutAnsi(line.line);
  return options.prettify ? prettyLine(text) : text;
}

/** The labels that not every line has. */
function own(line: LogLine, common: Readonly<Record<string, string>>): string {
  const rest = Object.fromEntries(Object.entries(line.stream).filter(([name]) => !Object.hasOwn(common, name)));
  return Object.keys(rest).length === 0 ? '' : formatSeries(rest);
}

function Before({ repeats, labels, deduped }: { repeats: number; labels: string | undefined; deduped: boolean }) {
  return (
    <>
      {deduped && (
        <span className="logs-repeats" title={repeats === 0 ? undefined : `${repeats} more like it`}>
          {repeats > 0 && `${repeats + 1}×`}
        </span>
      )}
      {labels !== undefined && <span className="logs-labels">{labels}</span>}
    </>
  );
}
