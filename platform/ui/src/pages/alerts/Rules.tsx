import { Accordion, Badge, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { ruleGroups, type AlertState, type Rule, type RuleGroup } from '../../api/prometheus';
import { useUrlState } from '../../app/urlState';
import { useData } from '../../app/useData';
import { Empty, Loaded } from '../../components/states';
import { formatDuration } from '../../lib/time';
import { RuleDetail } from './RuleDetail';

const FILTERS = ['all', 'firing', 'pending', 'inactive'] as const;
const COLORS: Record<AlertState, string> = { firing: 'red', pending: 'yellow', inactive: 'teal', unknown: 'gray' };

export function Rules() {
  const { params, patch } = useUrlState();
  const filter = FILTERS.find((name) => name === params.get('state')) ?? 'all';
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={[...FILTERS]}
        value={filter}
        onChange={(value) => patch({ state: value === 'all' ? undefined : value })}
        size="xs"
        aria-label="State of the rules to show"
        style={{ alignSelf: 'flex-start' }}
      />
      <Loaded data={useData(['rules'], ruleGroups)}>
        {(groups) =>
          groups.length === 0 ? (
            <div className="card">
              <Empty>No rules are loaded. Name rule files under “files: rules” in ghostworks.yml, or under “rule_files” in prometheus.yml.</Empty>
            </div>
          ) : (
            <Stack gap="md">
              {groups.map((group) => (
                <RuleGroupSection key={`${group.file} ${group.name}`} group={group} filter={filter} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

function RuleGroupSection({ group, filter }: { group: RuleGroup; filter: (typeof FILTERS)[number] }) {
  const rules = group.rules.filter((rule) => filter === 'all' || (rule.kind === 'alerting' && rule.state === filter));
  if (rules.length === 0) {
    return null;
  }
  return (
    <section aria-label={`Group ${group.name}`}>
      <Group gap="xs" mb={6}>
        <Title order={2}>{group.name}</Title>
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {group.file} · every {formatDuration(group.intervalSeconds * 1000)}
        </Text>
      </Group>
      <Accordion variant="contained" multiple defaultValue={rules.filter((rule) => rule.state === 'firing').map(keyOf)} order={3}>
        {rules.map((rule) => (
          <Accordion.Item key={keyOf(rule)} value={keyOf(rule)}>
            <Accordion.Control>
              <Group gap="xs" wrap="nowrap">
                <Badge color={rule.kind === 'recording' ? 'gray' : COLORS[rule.state]} variant="light" style={{ flex: 'none' }}>
                  {rule.kind === 'recording' ? 'recording' : rule.state}
                </Badge>
                <Text size="sm" fw={600} className="wrap-anywhere">
                  {rule.name}
                </Text>
                {rule.alerts.length > 0 && (
                  <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                    {rule.alerts.length} {rule.alerts.length === 1 ? 'alert' : 'alerts'}
                  </Text>
                )}
                {rule.health === 'err' && (
                  <Badge color="red" style={{ flex: 'none' }}>
                    fails
                  </Badge>
                )}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <RuleDetail rule={rule} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}

function keyOf(rule: Rule): string {
  return `${rule.name} ${rule.query} ${JSON.stringify(rule.labels)}`;
}
