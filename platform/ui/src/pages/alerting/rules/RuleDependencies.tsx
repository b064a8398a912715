import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useHref } from '../../../app/urlState';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { dependenciesOf, type RuleAt } from '../../../lib/alerting/dependencies';
import type { LoadedGroup, LoadedRule } from '../../../lib/alerting/ruleGroups';
import { ruleLink } from './ruleLinks';
import { useLoadedRules } from './useLoadedRules';

/** What the rule reads, and which rules read what it writes. */
export function RuleDependencies({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  const data = useLoadedRules();
  return (
    <Section title="Dependencies">
      <div style={{ padding: 8 }}>
        <Loaded data={data}>{(groups) => <Found groups={groups} group={group} rule={rule} />}</Loaded>
      </div>
    </Section>
  );
}

function Found({ groups, group, rule }: { groups: readonly LoadedGroup[]; group: LoadedGroup; rule: LoadedRule }) {
  const href = useHref();
  const found = useMemo(() => dependenciesOf({ group, rule }, groups), [groups, group, rule]);
  const metrics = found.metrics.map((name) => (
    <Anchor key={name} component={Link} href={href('/explore/metrics', { expr: name })} size="sm" className="wrap-anywhere">
      {name}
    </Anchor>
  ));
  return (
    <Stack gap="xs">
      <Line title="Reads what other rules write">{found.reads.map(at => <RuleAnchor key={`${at.group.id} ${at.rule.index}`} at={at} />)}</Line>
      <Line title="Reads metrics">{metrics}</Line>
      <Line title="Is read by">{found.readBy.map(at => <RuleAnchor key={`${at.group.id} ${at.rule.index}`} at={at} />)}</Line>
      {found.readsAnything && (
        <Text size="sm" c="dimmed">
          A selector of the expression has no metric name: it may read anything that a rule writes.
        </Text>
      )}
      {group.language !== 'promql' && (
        <Text size="sm" c="dimmed">
          It reads {group.language === 'logql' ? 'log lines' : 'spans'}, which no rule writes.
        </Text>
      )}
    </Stack>
  );
}

function Line({ title, children }: { title: string; children: readonly ReactNode[] }) {
  return (
    <Group gap="xs" align="baseline">
      <Text size="xs" c="dimmed" w={190}>
        {title}
      </Text>
      {children.length === 0 ? <Text size="sm">none</Text> : children.slice(0, 50)}
      {children.length > 50 && <Text size="sm">and {children.length - 50} more</Text>}
    </Group>
  );
}

function RuleAnchor({ at }: { at: RuleAt }) {
  const href = useHref();
  return (
    <Anchor component={Link} href={href(...ruleLink(at.group, at.rule))} size="sm" className="wrap-anywhere">
      {at.rule.name}
    </Anchor>
  );
}
