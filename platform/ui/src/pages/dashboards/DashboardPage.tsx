import { lazy, Suspense, useEffect, useMemo } from 'react';
import { dashboard, type StoredDashboard } from '../../api/grafana';
import { recordVisit } from '../../app/recentDashboards';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { Failure, Loaded } from '../../components/states';
import type { DashboardModel } from '../../lib/dashboard/model';
import { readDashboard } from '../../lib/dashboard/read';
import { DashboardView } from './DashboardView';
import './dashboard.css';

const EditPage = lazy(() => import('./edit/EditPage'));

/** A dashboard of any of Grafana's forms. */
export default function DashboardPage({ uid }: { uid: string }) {
  const loaded = useData(['dashboard', uid], (access, signal) => dashboard(access, uid, signal), { refreshes: false });
  useEffect(() => recordVisit(uid), [uid]);
  return <Loaded data={loaded}>{(found) => <Read stored={found} />}</Loaded>;
}

function Read({ stored }: { stored: StoredDashboard }) {
  const { params } = useUrlState();
  const read = useMemo((): DashboardModel | string => {
    try {
      return { ...readDashboard(stored.document), uid: stored.uid };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }, [stored]);
  if (typeof read === 'string') {
    return <Failure message={`This dashboard cannot be read: ${read}`} />;
  }
  if (stored.canSave && (params.has('edit') || params.has('editPanel'))) {
    return (
      <Suspense fallback={null}>
        <EditPage stored={stored} />
      </Suspense>
    );
  }
  return <DashboardView model={read} canEdit={stored.canSave} />;
}
