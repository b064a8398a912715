import { Button, Group, Stack, Text } from '@mantine/core';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { Link } from 'wouter';
import '../alertingRules.css';
import { useHref, useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import type { LoadedGroup } from '../../../lib/alerting/ruleGroups';
import { countRules, findRules, ruleRows, type RuleCounts } from '../../../lib/alerting/ruleSearch';
import { RuleFilters, ruleFilterOf } from './RuleFilters';
import { RuleList } from './RuleList';
import { useLoadedRules } from './useLoadedRules';

/** All rules of the tenant by file or namespace, and by group: their state, how they are evaluated, what is wrong with them. */
export default function RulesPage() {
  const href = useHref();
  const rules = useLoadedRules();
  return (
    <Stack gap="sm">
      <PageTitle title="Rules">
        <Group gap="xs">
          <Button component={Link} href={href('/alerting/rules/import')} size="xs" variant="default">
            Import
          </Button>
          <Button component={Link} href={href('/alerting/rules/export')} size="xs" variant="default">
            Export
          </Button>
          <Button component={Link} href={href('/alerting/new')} size="xs">
            New rule
          </Button>
        </Group>
      </PageTitle>
      <AlertingTabs />
      <RuleFilters />
      <Loaded data={rules} height={200}>
        {(groups) => <Found groups={groups} />}
      </Loaded>
    </Stack>
  );
}

function Found({ groups }: { groups: readonly LoadedGroup[] }) {
  const { params, patch } = useUrlState();
  const search = params.toString();
  // What is typed shows at once; the list follows when there is time.
  const filter = useDeferredValue(useMemo(() => ruleFilterOf(new URLSearchParams(search)), [search]));
  const found = useMemo(() => findRules(groups, filter), [groups, filter]);
  const folded = params.get('fold') === 'on';
  const changed = params.getAll('turn').join('\r');
  const rows = useMemo(() => {
    const turned = new Set(changed === '' ? [] : changed.split('\r'));
    return ruleRows(found, (id) => turned.has(id) === folded);
  }, [found, folded, changed]);
  const toggle = useCallback(
    (id: string) => {
      const turned = changed === '' ? [] : changed.split('\r');
      patch({ turn: turned.includes(id) ? turned.filter((each) => each !== id) : [...turned, id] }, 'replace');
    },
    [changed, patch],
  );
  if (groups.length === 0) {
    return (
      <div className="card">
        <Empty>No rules are loaded. Make one by “New rule”, import a file, or name files under “files: rules” in ghostworks.yml.</Empty>
      </div>
    );
  }
  return (
    <>
      <Group gap="xs" justify="space-between">
        <Counts counts={countRules(found)} />
        <Button size="compact-xs" variant="subtle" onClick={() => patch({ fold: folded ? undefined : 'on', turn: undefined }, 'replace')}>
          {folded ? 'Open all' : 'Fold all'}
        </Button>
      </Group>
      {rows.length === 0 ? (
        <div className="card">
          <Empty>No rule is like that.</Empty>
        </div>
      ) : (
        <RuleList rows={rows} onToggle={toggle} />
      )}
    </>
  );
}

function Counts({ counts }: { counts: RuleCounts }) {
  return (
    <Text size="xs" c="dimmed" role="status">
      {counts.rules.toLocaleString('en')} rules in {counts.groups.toLocaleString('en')} groups · {counts.firing} firing · {counts.pending} pending · {counts.failing} failing
    </Text>
  );
}
