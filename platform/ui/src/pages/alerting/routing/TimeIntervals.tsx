import { Badge, Text } from '@mantine/core';
import type { AlertRouting } from '../../../api/alerting';
import { Empty } from '../../../components/states';
import { describeTimes } from '../../../lib/alerting/schedule';
import { At } from '../shared/At';

/** The named times, and whether each holds at the time that was asked about. */
export function TimeIntervals({ intervals }: { intervals: AlertRouting['timeIntervals'] }) {
  return intervals.length === 0 ? (
    <Empty>No time interval is configured: routes tell at all times.</Empty>
  ) : (
    <>
      {intervals.map((interval) => (
        <div key={interval.name} className="alert-line">
          <Badge color={interval.active ? 'indigo' : 'gray'} variant="light">
            {interval.active ? 'holds' : 'not now'}
          </Badge>
          <div className="line-body">
            <Text size="sm" fw={600} className="wrap-anywhere">
              {interval.name}
            </Text>
            {interval.parts.map((part, index) => (
              <Text key={index} size="sm">
                {describeTimes(part)}
              </Text>
            ))}
          </div>
          <div className="line-side">
            {interval.changesAt !== undefined && (
              <>
                {interval.active ? 'until' : 'from'} <At at={interval.changesAt} />
              </>
            )}
          </div>
        </div>
      ))}
    </>
  );
}
