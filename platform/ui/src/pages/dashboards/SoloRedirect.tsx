import { Redirect } from 'wouter';
import { useUrlState } from '../../app/urlState';

/** Grafana's address of one panel in a frame. */
export function SoloRedirect({ uid }: { uid: string }) {
  const { params } = useUrlState();
  const next = new URLSearchParams(params);
  const panel = next.get('panelId');
  next.delete('panelId');
  next.set('kiosk', 'true');
  if (panel !== null) {
    next.set('viewPanel', panel);
  }
  return <Redirect to={`/d/${encodeURIComponent(uid)}?${next.toString()}`} replace />;
}
