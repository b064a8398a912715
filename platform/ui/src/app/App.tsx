import { Center, Loader, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { RULE_PAGES, STATE_PAGES } from '../pages/alerting/paths';
import { SoloRedirect } from '../pages/dashboards/SoloRedirect';
import { GraphRedirect } from '../pages/metrics/GraphRedirect';
import { AccessProvider } from './access';
import { PageBoundary } from './PageBoundary';
import { Shell } from './Shell';
import { TimeProvider } from './time';
import { useUrlState } from './urlState';

const HomePage = lazy(() => import('../pages/home/HomePage'));
const DashboardsPage = lazy(() => import('../pages/dashboards/list/DashboardsPage'));
const DashboardPage = lazy(() => import('../pages/dashboards/DashboardPage'));
const ImportPage = lazy(() => import('../pages/dashboards/import/ImportPage'));
const HistoryPage = lazy(() => import('../pages/dashboards/history/HistoryPage'));
const MetricsPage = lazy(() => import('../pages/metrics/MetricsPage'));
const LogsPage = lazy(() => import('../pages/logs/LogsPage'));
const TracesPage = lazy(() => import('../pages/traces/TracesPage'));
const TracePage = lazy(() => import('../pages/traces/TracePage'));
const RulePages = lazy(() => import('../pages/alerting/RulePages'));
const StatePages = lazy(() => import('../pages/alerting/StatePages'));
const StatusPage = lazy(() => import('../pages/status/StatusPage'));
const TargetsPage = lazy(() => import('../pages/targets/TargetsPage'));
const DiscoveryPage = lazy(() => import('../pages/targets/DiscoveryPage'));
const ConfigPage = lazy(() => import('../pages/config/ConfigPage'));
const FlagsPage = lazy(() => import('../pages/config/FlagsPage'));
const TsdbPage = lazy(() => import('../pages/tsdb/TsdbPage'));

export function App() {
  return (
    <AccessProvider>
      <TimeProvider>
        <Shell>
          <PageBoundary>
            <Suspense fallback={<Waiting />}>
              <Switch>
                <Route path="/" component={HomePage} />
                <Route path="/dashboards">{() => <DashboardsPage folderUid={undefined} />}</Route>
                <Route path="/dashboards/f/:folderUid/:slug?">{({ folderUid }) => <DashboardsPage folderUid={folderUid} />}</Route>
                <Route path="/dashboard/import" component={ImportPage} />
                <Route path="/d/:uid">{({ uid }) => <DashboardOrHistory key={uid} uid={uid} />}</Route>
                <Route path="/d-solo/:uid/:slug?">{({ uid }) => <SoloRedirect uid={uid} />}</Route>
                <Route path="/d/:uid/:slug">{({ uid }) => <DashboardOrHistory key={uid} uid={uid} />}</Route>
                <Route path="/explore/metrics" component={MetricsPage} />
                <Route path="/prometheus/graph" component={GraphRedirect} />
                <Route path="/explore/logs" component={LogsPage} />
                <Route path="/explore/traces" component={TracesPage} />
                <Route path="/explore/traces/:traceId">{({ traceId }) => <TracePage key={traceId} traceId={traceId} />}</Route>
                <Route path={RULE_PAGES} component={RulePages} />
                <Route path={STATE_PAGES} component={StatePages} />
                <Route path="/status" component={StatusPage} />
                <Route path="/targets" component={TargetsPage} />
                <Route path="/service-discovery" component={DiscoveryPage} />
                <Route path="/config" component={ConfigPage} />
                <Route path="/flags" component={FlagsPage} />
                <Route path="/tsdb-status" component={TsdbPage} />
                <Route>
                  <Text>There is no page at this address.</Text>
                </Route>
              </Switch>
            </Suspense>
          </PageBoundary>
        </Shell>
      </TimeProvider>
    </AccessProvider>
  );
}

/** A dashboard, or its versions where the address asks for them. */
function DashboardOrHistory({ uid }: { uid: string }) {
  return useUrlState().params.has('history') ? <HistoryPage uid={uid} /> : <DashboardPage uid={uid} />;
}

function Waiting() {
  return (
    <Center h={200}>
      <Loader size="sm" role="progressbar" aria-label="Loading the page" />
    </Center>
  );
}
