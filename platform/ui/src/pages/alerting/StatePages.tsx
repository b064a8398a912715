import { Text } from '@mantine/core';
import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import './alerting.css';
import { useHref, type UrlPatch } from '../../app/urlState';
import { AlertmanagerRedirect } from './AlertmanagerRedirect';

const OverviewPage = lazy(() => import('./overview/OverviewPage'));
const AlertsPage = lazy(() => import('./alerts/AlertsPage'));
const AlertPage = lazy(() => import('./alerts/AlertPage'));
const IncidentsPage = lazy(() => import('./incidents/IncidentsPage'));
const IncidentPage = lazy(() => import('./incidents/IncidentPage'));
const SilencesPage = lazy(() => import('./silences/SilencesPage'));
const SilencePage = lazy(() => import('./silences/SilencePage'));
const SilenceFormPage = lazy(() => import('./silences/SilenceFormPage'));
const NotificationsPage = lazy(() => import('./notifications/NotificationsPage'));
const NotificationPage = lazy(() => import('./notifications/NotificationPage'));
const RoutingPage = lazy(() => import('./routing/RoutingPage'));

/** What is going on: alerts, incidents, silences, notifications, and where alerts go. Grafana's addresses lead to them. */
export default function StatePages() {
  return (
    <Switch>
      <Route path="/alerting" component={OverviewPage} />
      <Route path="/alerting/alerts" component={AlertsPage} />
      <Route path="/alerting/alerts/:fingerprint">{({ fingerprint }) => <AlertPage key={fingerprint} fingerprint={fingerprint === 'view' ? undefined : fingerprint} />}</Route>
      <Route path="/alerting/incidents" component={IncidentsPage} />
      <Route path="/alerting/incidents/:id">{({ id }) => <IncidentPage key={id} id={id} />}</Route>
      <Route path="/alerting/silences" component={SilencesPage} />
      <Route path="/alerting/silences/new">{() => <SilenceFormPage id={undefined} />}</Route>
      <Route path="/alerting/silences/:id">{({ id }) => <SilencePage key={id} id={id} />}</Route>
      <Route path="/alerting/silences/:id/edit">{({ id }) => <SilenceFormPage key={id} id={id} />}</Route>
      <Route path="/alerting/notifications" component={NotificationsPage} />
      <Route path="/alerting/notifications/:id">{({ id }) => <NotificationPage key={id} id={id} />}</Route>
      <Route path="/alerting/routing" component={RoutingPage} />
      <Route path="/alerting/alertmanager" component={AlertmanagerRedirect} />
      <Route path="/alerting/list">{() => <Lead to="/alerting/rules" />}</Route>
      <Route path="/alerting/groups">{() => <Lead to="/alerting/alerts" change={{ view: 'groups' }} />}</Route>
      <Route path="/alerting/routes">{() => <Lead to="/alerting/routing" />}</Route>
      <Route path="/alerting/silence/new">{() => <Lead to="/alerting/silences/new" />}</Route>
      <Route path="/alerting/silence/:id/edit">{({ id }) => <Lead to={`/alerting/silences/${encodeURIComponent(id)}/edit`} />}</Route>
      <Route path="/alerts">{() => <Lead to="/alerting/alerts" />}</Route>
      <Route>
        <Text>There is no page at this address.</Text>
      </Route>
    </Switch>
  );
}

function Lead({ to, change = {} }: { to: string; change?: UrlPatch }) {
  const href = useHref();
  return <Redirect to={href(to, change)} replace />;
}
