import { Text } from '@mantine/core';
import { Fragment } from 'react';
import { firingMs, type AlertLine, type Stretch } from '../lib/alerting/firing';
import { formatSeconds } from '../lib/alerting/figures';
import { formatDateTime, type AbsoluteRange } from '../lib/time';
import { Empty } from './states';

const LINES_MAX = 60;
const STRETCHES_MAX = 400;
const WORDS: Record<Stretch['state'], string> = { pending: 'pending', firing: 'firing', kept: 'kept firing' };

/** When alerts were pending and fired, one line for each set of labels. */
export function AlertTimeline({ lines, range, empty }: { lines: readonly AlertLine[]; range: AbsoluteRange; empty: string }) {
  if (lines.length === 0) {
    return <Empty>{empty}</Empty>;
  }
  return (
    <div>
      <div className="alert-lines">
        {lines.slice(0, LINES_MAX).map((line) => (
          <Fragment key={line.name}>
            <span className="alert-lines-name" title={line.name}>
              {line.name === '{}' ? 'without labels' : line.name}
            </span>
            <div className="alert-track" role="img" aria-label={summary(line)} title={summary(line)}>
              {line.stretches.slice(0, STRETCHES_MAX).map((stretch) => (
                <span key={`${stretch.fromMs} ${stretch.state}`} className={`alert-stretch ${stretch.state}`} style={place(stretch, range)} title={words(stretch)} />
              ))}
            </div>
          </Fragment>
        ))}
        <span />
        <div className="alert-axis">
          <span>{formatDateTime(range.fromMs)}</span>
          <span>{formatDateTime(range.toMs)}</span>
        </div>
      </div>
      {lines.length > LINES_MAX && (
        <Text size="xs" c="dimmed">
          and {lines.length - LINES_MAX} more
        </Text>
      )}
    </div>
  );
}

function place(stretch: Stretch, range: AbsoluteRange): { left: string; width: string } {
  const percent = (ms: number) => `${(ms / (range.toMs - range.fromMs)) * 100}%`;
  return { left: percent(stretch.fromMs - range.fromMs), width: percent(stretch.toMs - stretch.fromMs) };
}

function words(stretch: Stretch): string {
  return `${WORDS[stretch.state]} from ${formatDateTime(stretch.fromMs)} to ${formatDateTime(stretch.toMs)} (${formatSeconds((stretch.toMs - stretch.fromMs) / 1000)})`;
}

function summary(line: AlertLine): string {
  const times = line.stretches.filter((stretch) => stretch.state === 'firing').length;
  return `${line.name}: ${times === 0 ? 'pending only' : `fired ${times === 1 ? 'once' : `${times} times`}, ${formatSeconds(firingMs(line) / 1000)} in all`}`;
}
