import { Text } from '@mantine/core';
import { lazy } from 'react';
import { Route, Switch } from 'wouter';

const RulePage = lazy(() => import('./rules/RulePage'));
const RulesPage = lazy(() => import('./rules/RulesPage'));

/** What makes alerts, and who is told of them. */
export default function RulePages() {
  return (
    <Switch>
      <Route path="/alerting/rules" component={RulesPage} />
      <Route path="/alerting/rules/view" component={RulePage} />
      <Route>
        <Text>There is no page at this address.</Text>
      </Route>
    </Switch>
  );
}
