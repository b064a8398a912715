import { Stack, Text } from '@mantine/core';
import { notification, type NotificationDetail } from '../../../api/alerting';
import { useData } from '../../../app/useData';
import { Empty, Loaded } from '../../../components/states';
import { indentedJson } from '../../../lib/alerting/payload';
import { At } from '../shared/At';

type Attempt = NotificationDetail['attempts'][number];

/** What was sent and answered at each try of a notification, the newest open. */
export function Exchanges({ id }: { id: string }) {
  return <Loaded data={useData(['alerting', 'notification', id], (access, signal) => notification(access, id, signal))}>{({ attempts }) => <Attempts attempts={attempts} />}</Loaded>;
}

export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return attempts.length === 0 ? (
    <Empty>Nothing has been sent yet.</Empty>
  ) : (
    <Stack gap="sm" p="xs">
      {[...attempts].reverse().map((attempt, place) => (
        <details key={attempt.number} open={place === 0}>
          <summary style={{ cursor: 'pointer', fontSize: '0.8125rem' }}>
            <Text span fw={600} size="sm">
              Attempt {attempt.number}
            </Text>{' '}
            {attempt.error === undefined ? 'delivered' : 'failed'}
            {attempt.status !== undefined && `, status ${attempt.status}`}
            <Text span size="xs" c="dimmed">
              {' '}
              <At at={attempt.at} />, took {attempt.durationMs} ms
            </Text>
          </summary>
          {attempt.error !== undefined && (
            <Text size="sm" c="red" className="wrap-anywhere">
              {attempt.error}
            </Text>
          )}
          {attempt.exchanges.map((exchange, index) => (
            <div key={index} className="card" style={{ marginTop: 6 }}>
              <Text size="xs" fw={600} px={12} pt={8} className="wrap-anywhere">
                {exchange.request}
              </Text>
              <pre className="code" style={{ maxHeight: 360, overflow: 'auto' }} tabIndex={0} aria-label="What was sent">
                {exchange.payload === '' ? '(nothing)' : indentedJson(exchange.payload)}
              </pre>
              <Text size="xs" fw={600} px={12}>
                {exchange.status === 0 ? 'No answer' : `Answer ${exchange.status}`}
              </Text>
              {exchange.response !== '' && (
                <pre className="code" style={{ maxHeight: 240, overflow: 'auto' }} tabIndex={0} aria-label="What was answered">
                  {indentedJson(exchange.response)}
                </pre>
              )}
            </div>
          ))}
        </details>
      ))}
    </Stack>
  );
}
