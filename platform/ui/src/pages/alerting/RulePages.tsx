import { Text } from '@mantine/core';
import { lazy } from 'react';
import { Route, Switch } from 'wouter';

const NewRulePage = lazy(() => import('./rules/NewRulePage'));
const EditRulePage = lazy(() => import('./rules/EditRulePage'));
const ImportPage = lazy(() => import('./rules/ImportPage'));
const ExportPage = lazy(() => import('./rules/ExportPage'));
const BacktestPage = lazy(() => import('./backtest/BacktestPage'));
const ReviewPage = lazy(() => import('./review/ReviewPage'));
const LintPage = lazy(() => import('./review/LintPage'));
const ReceiversPage = lazy(() => import('./receivers/ReceiversPage'));
const TemplatesPage = lazy(() => import('./templates/TemplatesPage'));
const RulePage = lazy(() => import('./rules/RulePage'));
const RulesPage = lazy(() => import('./rules/RulesPage'));

/** What makes alerts, and who is told of them. */
export default function RulePages() {
  return (
    <Switch>
      <Route path="/alerting/rules" component={RulesPage} />
      <Route path="/alerting/rules/view" component={RulePage} />
      <Route path="/alerting/rules/edit" component={EditRulePage} />
      <Route path="/alerting/new" component={NewRulePage} />
      <Route path="/alerting/templates" component={TemplatesPage} />
      <Route path="/alerting/receivers" component={ReceiversPage} />
      <Route path="/alerting/backtest" component={BacktestPage} />
      <Route path="/alerting/review" component={ReviewPage} />
      <Route path="/alerting/lint" component={LintPage} />
      <Route path="/alerting/rules/import" component={ImportPage} />
      <Route path="/alerting/rules/export" component={ExportPage} />
      <Route>
        <Text>There is no page at this address.</Text>
      </Route>
    </Switch>
  );
}
