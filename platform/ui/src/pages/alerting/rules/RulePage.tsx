import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import '../alertingRules.css';
import { useHref, useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { LabelList } from '../../../components/LabelList';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Empty, Failure, Loaded } from '../../../components/states';
import { LANGUAGE_NAMES, type LoadedGroup, type LoadedRule } from '../../../lib/alerting/ruleGroups';
import { GroupFacts } from './GroupFacts';
import { RecordedSeries } from './RecordedSeries';
import { RuleAlerts } from './RuleAlerts';
import { RuleDependencies } from './RuleDependencies';
import { RuleHistory } from './RuleHistory';
import { RuleLint } from './RuleLint';
import { RuleStateBadge } from './RuleLines';
import { findRule, languageOf } from './ruleLinks';
import { RuleVersions } from './RuleVersions';
import { useLoadedGroup } from './useLoadedRules';

const QueryText = lazy(() => import('../../../components/QueryText'));
const ConditionGraph = lazy(() => import('../../../components/ConditionGraph'));

/** All about one rule. */
export default function RulePage() {
  const { params } = useUrlState();
  const language = languageOf(params.get('language'));
  const file = params.get('file') ?? '';
  const group = params.get('group') ?? '';
  const name = params.get('name') ?? '';
  const data = useLoadedGroup(language, file, group);
  return (
    <Stack gap="md">
      <Loaded data={data} height={200}>
        {(found) => {
          const rule = found ? findRule(found, name, Number(params.get('index') ?? 0)) : undefined;
          return found && rule ? <Shown key={`${found.id} ${rule.index}`} group={found} rule={rule} /> : <NotLoaded name={name} file={file} group={group} />;
        }}
      </Loaded>
    </Stack>
  );
}

function NotLoaded({ name, file, group }: { name: string; file: string; group: string }) {
  return (
    <>
      <PageTitle title={name === '' ? 'Rule' : name} />
      <AlertingTabs />
      <div className="card">
        <Empty>
          The group “{group}” of {file} has no rule “{name}” any more. It may have been moved, renamed or deleted: look for it among the rules.
        </Empty>
      </div>
    </>
  );
}

function Shown({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  const alerting = rule.kind === 'alerting';
  return (
    <>
      <PageTitle title={rule.name}>
        <Actions group={group} rule={rule} />
      </PageTitle>
      <AlertingTabs />
      <Group gap="xs">
        <RuleStateBadge rule={rule} />
        <Badge variant="light" color={rule.health === 'err' ? 'red' : rule.health === 'ok' ? 'teal' : 'gray'}>
          {rule.health === 'err' ? 'evaluation fails' : rule.health === 'ok' ? 'evaluated well' : 'not evaluated yet'}
        </Badge>
        <Badge variant="default" tt="none">
          {LANGUAGE_NAMES[group.language]}
        </Badge>
      </Group>
      {rule.lastError !== '' && <Failure message={rule.lastError} />}
      <GroupFacts group={group} rule={rule} />
      <Section title="Expression">
        <Suspense fallback={<pre className="code">{rule.query}</pre>}>
          <Stack gap="xs" p="xs">
            <QueryText text={rule.query} language={group.language} />
            <ConditionGraph language={group.language} expr={rule.query} />
          </Stack>
        </Suspense>
      </Section>
      {alerting && <RuleAlerts rule={rule} />}
      {!alerting && <RecordedSeries rule={rule} />}
      {(Object.keys(rule.labels).length > 0 || Object.keys(rule.annotations).length > 0) && (
        <Section title={alerting ? 'Labels and annotations' : 'Labels'}>
          <Stack gap="xs" p="xs">
            <LabelList labels={rule.labels} />
            <PanelLink rule={rule} />
            {Object.entries(rule.annotations).map(([key, text]) => (
              <div key={key}>
                <Text size="xs" c="dimmed">
                  {key}
                </Text>
                <Text size="sm" className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                  {text}
                </Text>
              </div>
            ))}
          </Stack>
        </Section>
      )}
      {alerting && <RuleHistory rule={rule} />}
      {group.language === 'promql' && <RuleLint group={group} rule={rule} />}
      <RuleDependencies group={group} rule={rule} />
      {group.origin === 'api' && <RuleVersions language={group.language} namespace={group.file} group={group.name} />}
    </>
  );
}

/** Leads back to the panel from which the rule was made. */
function PanelLink({ rule }: { rule: LoadedRule }) {
  const href = useHref();
  const uid = rule.annotations['__dashboardUid__'];
  const panel = rule.annotations['__panelId__'];
  return uid === undefined || uid === '' ? null : (
    <Anchor component={Link} href={href(`/d/${encodeURIComponent(uid)}`, { viewPanel: panel === undefined ? undefined : `panel-${panel}` })} size="sm">
      The panel of the dashboard
    </Anchor>
  );
}

const EXPLORE = { promql: ['/explore/metrics', 'expr'], logql: ['/explore/logs', 'query'], traceql: ['/explore/traces', 'query'] } as const;

function Actions({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  const href = useHref();
  const [explore, parameter] = EXPLORE[group.language];
  const at = { language: group.language, namespace: group.file, group: group.name, index: String(rule.index) };
  return (
    <Group gap="xs">
      <Button component={Link} href={href(explore, { [parameter]: rule.query })} size="xs" variant="default">
        Explore
      </Button>
      {rule.kind === 'alerting' && group.language === 'promql' && (
        <Button component={Link} href={href('/alerting/backtest', { expr: rule.query, alert: rule.name, for: rule.forSeconds > 0 ? `${rule.forSeconds}s` : undefined, keep: rule.keepFiringForSeconds > 0 ? `${rule.keepFiringForSeconds}s` : undefined })} size="xs" variant="default">
          Backtest
        </Button>
      )}
      <Button component={Link} href={href('/alerting/new', { copy: `${group.language}\n${group.file}\n${group.name}\n${rule.index}` })} size="xs" variant="default">
        Copy
      </Button>
      {group.origin === 'api' && (
        <Button component={Link} href={href('/alerting/rules/edit', at)} size="xs">
          Edit
        </Button>
      )}
    </Group>
  );
}
