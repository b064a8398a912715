import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { formatMatcher } from '../../../lib/alerting/matchers';
import { scheduleWords, type Silence } from '../../../lib/alerting/silence';
import { Ago } from '../shared/Ago';
import { SilenceStateBadge } from '../shared/badges';
import { ExpireButton } from './ExpireButton';
import { useTimeText } from '../shared/At';

/** A silence in a list; its comment leads to its page. */
export function SilenceLine({ silence }: { silence: Silence }) {
  const href = useHref();
  const text = useTimeText();
  return (
    <div className="alert-line">
      <SilenceStateBadge state={silence.state} />
      <div className="line-body">
        <Link href={href(`/alerting/silences/${silence.id}`)} className="line-name">
          {silence.comment === '' ? silence.id : silence.comment.split('\n', 1)[0]}
        </Link>
        <Matchers silence={silence} />
        {silence.schedule !== undefined && (
          <Text size="xs" className="wrap-anywhere">
            {scheduleWords(silence.schedule.text)}
          </Text>
        )}
      </div>
      <div className="line-side">
        <div>{silence.createdBy}</div>
        <div title={`${text(silence.startsAt)} to ${text(silence.endsAt)}`}>
          {silence.state === 'pending' ? 'begins ' : silence.state === 'active' ? 'ends ' : 'ended '}
          <Ago at={silence.state === 'pending' ? silence.startsAt : silence.endsAt} />
        </div>
        {silence.state === 'expired' ? (
          <Anchor component={Link} href={href('/alerting/silences/new', { again: silence.id })} size="xs">
            Recreate
          </Anchor>
        ) : (
          <>
            <Anchor component={Link} href={href(`/alerting/silences/${silence.id}/edit`)} size="xs">
              Edit
            </Anchor>{' '}
            <ExpireButton silence={silence} />
          </>
        )}
      </div>
    </div>
  );
}

export function Matchers({ silence }: { silence: Silence }) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
      {silence.matchers.map((matcher) => (
        <span key={formatMatcher(matcher)} className="label-mark mono" title={formatMatcher(matcher)}>
          {formatMatcher(matcher)}
        </span>
      ))}
    </div>
  );
}
