import { Badge, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { ruleGroups, type Alert } from '../../../../api/prometheus';
import { useHref } from '../../../../app/urlState';
import { useData } from '../../../../app/useData';
import { LabelList } from '../../../../components/LabelList';
import { Empty, Failure, Loaded } from '../../../../components/states';
import { alertListOptions, groupAlerts, listRules, sourceRefusal, type AlertListOptions, type ListedRule, type ShownState } from '../../../../lib/alertList';
import { parseMatchers } from '../../../../lib/alerting/matchers';
import type { TemplateScope } from '../../../../lib/template/scope';
import { formatAge } from '../../../../lib/time';
import type { PanelProps } from '../panel';
import './alertlist.css';

const RULES_OF_ALL = ['alert list rules'];

/** Alerting rules with their instances, by the filters, order and grouping of the panel, or only their number. */
export default function AlertListPanel({ panel, scope, height }: PanelProps) {
  const options = useMemo(() => alertListOptions(panel.options), [panel.options]);
  const refused = sourceRefusal(options.source, scope);
  if (refused !== undefined) {
    return <Failure message={refused} />;
  }
  return <OfMetrics options={options} scope={scope} height={height} />;
}

function OfMetrics({ options, scope, height }: { options: AlertListOptions; scope: TemplateScope; height: number }) {
  const groups = useData(RULES_OF_ALL, ruleGroups);
  const filter = scope.replace(options.labelFilter, 'text');
  const parsed = useMemo(() => parseMatchers(filter), [filter]);
  if (parsed.kind === 'wrong') {
    return <Failure message={`The label filter of this panel cannot be read: ${parsed.message}`} />;
  }
  const uid = scope.replace('${__dashboard.uid}', 'text');
  const query = { options, name: scope.replace(options.name, 'text'), matchers: parsed.matchers, dashboardUid: uid.startsWith('$') ? '' : uid };
  return <Loaded data={groups}>{(loaded) => <Listed rules={listRules(loaded, query)} options={options} height={height} />}</Loaded>;
}

function Listed({ rules, options, height }: { rules: readonly ListedRule[]; options: AlertListOptions; height: number }) {
  if (options.view === 'stat') {
    return (
      <div className="alert-stat" style={{ fontSize: Math.max(18, Math.min(96, height * 0.5)) }} role="img" aria-label={`${rules.length} alert rules`}>
        {rules.length}
      </div>
    );
  }
  if (rules.length === 0) {
    return <Empty>No alert matches the filters of this panel.</Empty>;
  }
  const shown = rules.slice(0, options.maxItems);
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label="Alerts">
      {options.groupBy === undefined ? <ByRule rules={shown} /> : <ByLabels rules={shown} by={options.groupBy} />}
      {rules.length > shown.length && (
        <Text size="xs" c="dimmed">
          and {rules.length - shown.length} more rules
        </Text>
      )}
    </div>
  );
}

function ByRule({ rules }: { rules: readonly ListedRule[] }) {
  return (
    <ul className="alert-list">
      {rules.map((entry) => (
        <RuleEntry key={`${entry.file}\n${entry.group}\n${entry.rule.name}`} entry={entry} />
      ))}
    </ul>
  );
}

function RuleEntry({ entry }: { entry: ListedRule }) {
  const [open, setOpen] = useState(false);
  const href = useHref();
  const { rule, alerts } = entry;
  const instances = `${alerts.length} ${alerts.length === 1 ? 'instance' : 'instances'}`;
  return (
    <li>
      <div className="alert-rule">
        <StateBadge state={entry.state} />
        <Link className="alert-name" href={href('/alerting/rules/view', { file: entry.file, group: entry.group, name: rule.name, language: 'promql' })} title={rule.annotations['summary'] ?? rule.name}>
          {rule.name}
        </Link>
        {entry.sinceMs !== undefined && <span className="alert-since">for {formatAge(Date.now() - entry.sinceMs)}</span>}
        {alerts.length > 0 && (
          <button type="button" className="alert-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {instances}
          </button>
        )}
      </div>
      {entry.state === 'error' && rule.lastError !== '' && <p className="alert-error">{rule.lastError}</p>}
      {open && <Instances alerts={alerts} />}
    </li>
  );
}

const MAX_INSTANCES = 100;

function Instances({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <ul className="alert-instances">
      {alerts.slice(0, MAX_INSTANCES).map((alert, index) => (
        <li key={index}>
          <StateBadge state={alert.state === 'firing' ? 'firing' : 'pending'} />
          <LabelList labels={alert.labels} without={['alertname']} />
        </li>
      ))}
      {alerts.length > MAX_INSTANCES && <li>and {alerts.length - MAX_INSTANCES} more</li>}
    </ul>
  );
}

function ByLabels({ rules, by }: { rules: readonly ListedRule[]; by: readonly string[] }) {
  return groupAlerts(rules, by).map((group) => (
    <section key={JSON.stringify(group.labels)} className="alert-group">
      <div className="alert-rule">
        {group.labels.length === 0 ? <span className="alert-since">without these labels</span> : <LabelList labels={Object.fromEntries(group.labels)} />}
        <span className="alert-since">
          {group.alerts.length} {group.alerts.length === 1 ? 'instance' : 'instances'}
        </span>
      </div>
      <ul className="alert-instances">
        {group.alerts.slice(0, MAX_INSTANCES).map(({ rule, alert }, index) => (
          <li key={index}>
            <StateBadge state={alert.state === 'firing' ? 'firing' : 'pending'} />
            <span>{rule.rule.name}</span>
            <LabelList labels={alert.labels} without={['alertname', ...by]} />
          </li>
        ))}
        {group.alerts.length > MAX_INSTANCES && <li>and {group.alerts.length - MAX_INSTANCES} more</li>}
      </ul>
    </section>
  ));
}

const STATES: Readonly<Record<ShownState, readonly [string, string]>> = {
  firing: ['red', 'firing'],
  error: ['red', 'error'],
  pending: ['yellow', 'pending'],
  recovering: ['yellow', 'recovering'],
  noData: ['gray', 'no data'],
  normal: ['teal', 'normal'],
};

function StateBadge({ state }: { state: ShownState }) {
  const [color, words] = STATES[state];
  return (
    <Badge color={color} variant="light" size="sm">
      {words}
    </Badge>
  );
}
