import { Link } from 'wouter';
import type { Notification } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { Ago } from '../shared/Ago';
import { NotificationStatusBadge } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';

/** A notification in a list; its receiver leads to its page. */
export function NotificationLine({ notification }: { notification: Notification }) {
  const href = useHref();
  return (
    <div className="alert-line">
      <NotificationStatusBadge status={notification.status} />
      <div className="line-body">
        <Link href={href(`/alerting/notifications/${notification.id}`)} className="line-name">
          {notification.name}
        </Link>
        <span>
          {notification.firing} firing, {notification.resolved} resolved
          {notification.reason !== undefined && ` · ${notification.reason}`}
        </span>
        <LabelMarks labels={notification.groupLabels} />
        {notification.error !== undefined && (
          <span className="wrap-anywhere" style={{ color: 'var(--mantine-color-red-text)' }}>
            {notification.error}
          </span>
        )}
      </div>
      <div className="line-side">
        <div>
          <Ago at={notification.createdAt} />
        </div>
        <div>
          {notification.digest !== undefined ? 'in a digest' : `${notification.attempts} ${notification.attempts === 1 ? 'attempt' : 'attempts'}`}
          {notification.keptBackBy !== undefined && ` · ${KEPT_BACK[notification.keptBackBy]}`}
        </div>
        {notification.nextAttemptAt !== undefined && (
          <div>
            next try <Ago at={notification.nextAttemptAt} />
          </div>
        )}
      </div>
    </div>
  );
}

export const KEPT_BACK: Record<NonNullable<Notification['keptBackBy']>, string> = { rate: 'kept back by the rate', circuit: 'the receiver takes nothing' };
