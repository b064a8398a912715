import { Anchor, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import '../alertingRules.css';
import { lintLoaded, type LintFinding } from '../../../api/ruler';
import { useHref, useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { FindingList } from '../../../components/FindingList';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import { count } from '../../../lib/alerting/figures';
import { ruleLink } from '../rules/ruleLinks';

const SHOWN_MAX = 100;

/** What the lint finds in all loaded rules of PromQL, rule by rule. */
export default function LintPage() {
  const { params, patch } = useUrlState();
  const data = useData(['lint'], lintLoaded, { refreshes: false });
  return (
    <Stack gap="sm">
      <PageTitle title="Lint" />
      <AlertingTabs />
      <Text size="sm" c="dimmed">
        What cannot work although it parses, looked at together with the series of the last day. A problem is a rule that does not do what it says; advice is the rest.
      </Text>
      <Group gap="xs">
        <TextInput size="xs" style={{ flex: '1 1 220px', maxWidth: 400 }} aria-label="Search in the findings" placeholder="Rule, group, file, check or reason" value={params.get('search') ?? ''} onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')} />
        <Select size="xs" w={160} aria-label="How grave" placeholder="All" clearable data={[{ value: 'problem', label: 'Problems' }, { value: 'advice', label: 'Advice' }]} value={params.get('severity')} onChange={(value) => patch({ severity: value ?? undefined })} />
      </Group>
      <Loaded data={data} height={200}>
        {(findings) => <Found all={findings} search={params.get('search') ?? ''} severity={params.get('severity')} />}
      </Loaded>
    </Stack>
  );
}

function Found({ all, search, severity }: { all: readonly LintFinding[]; search: string; severity: string | null }) {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = all.filter((finding) => {
    const text = `${finding.rule} ${finding.group} ${finding.file} ${finding.check} ${finding.reason}`.toLowerCase();
    return (severity === null || finding.severity === severity) && words.every((word) => text.includes(word));
  });
  const rules = byRule(found);
  if (found.length === 0) {
    return (
      <div className="card">
        <Empty>{all.length === 0 ? 'Nothing is wrong with the loaded rules, as far as can be told.' : 'No finding is like that.'}</Empty>
      </div>
    );
  }
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {count(found.length, 'finding')} in {count(rules.length, 'rule')}: {count(found.filter((finding) => finding.severity === 'problem').length, 'problem')}
      </Text>
      {rules.slice(0, SHOWN_MAX).map((findings) => (
        <OfRule key={`${findings[0]?.file} ${findings[0]?.group} ${findings[0]?.rule} ${findings[0]?.line}`} findings={findings} />
      ))}
      {rules.length > SHOWN_MAX && <Empty>{`${count(rules.length - SHOWN_MAX, 'more rule')}: search for them.`}</Empty>}
    </>
  );
}

function byRule(findings: readonly LintFinding[]): LintFinding[][] {
  const rules = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    const key = `${finding.file}\n${finding.group}\n${finding.rule}\n${finding.line}`;
    rules.set(key, [...(rules.get(key) ?? []), finding]);
  }
  return [...rules.values()];
}

function OfRule({ findings }: { findings: readonly LintFinding[] }) {
  const href = useHref();
  const [first] = findings;
  if (!first) {
    return null;
  }
  return (
    <Section title={first.rule === '' ? first.group : first.rule}>
      <Stack gap="xs" p="xs">
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {first.group} · {first.file}
          {first.line > 0 && `, line ${first.line}`} ·{' '}
          <Anchor component={Link} href={href(...ruleLink({ language: 'promql', file: first.file, name: first.group }, { name: first.rule, index: 0 }))} size="xs" underline="always">
            the rule
          </Anchor>
        </Text>
        <FindingList findings={findings} />
      </Stack>
    </Section>
  );
}
