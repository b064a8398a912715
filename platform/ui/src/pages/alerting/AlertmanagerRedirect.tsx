import { Redirect } from 'wouter';
import { useHref } from '../../app/urlState';
import { placeOf } from '../../lib/alerting/alertmanagerLink';

/** Leads from an address of Alertmanager's own pages, whose part behind the `#` browsers carry over, to the page here. */
export function AlertmanagerRedirect() {
  const href = useHref();
  const { path, parameters } = placeOf(window.location.hash);
  return <Redirect to={href(path, parameters)} replace />;
}
