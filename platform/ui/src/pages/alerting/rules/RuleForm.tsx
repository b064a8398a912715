import { Autocomplete, Group, Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { LANGUAGE_NAMES, LANGUAGES, type RuleLanguage } from '../../../lib/alerting/ruleGroups';
import type { Pairs, RuleDraft } from '../../../lib/alerting/ruleYaml';
import { ExpressionEditor } from './ExpressionEditor';
import { PairsEditor } from './PairsEditor';
import { TemplateHelp } from './TemplateHelp';
import { NO_DATA, ON_ERROR, withAnnotation, type RulePlace } from './ruleForms';

interface RuleFormProps {
  readonly draft: RuleDraft;
  readonly place: RulePlace;
  readonly onDraft: (draft: RuleDraft) => void;
  readonly onPlace: (place: RulePlace) => void;
  readonly onRun: () => void;
  readonly namespaces: readonly string[];
  readonly groups: readonly string[];
  /** Labels of the series that match at the moment. */
  readonly labels: readonly string[];
}

const FALLBACKS = [
  { value: '', label: 'as Prometheus does' },
  { value: 'keep_last', label: 'keep the alerts as they are' },
  { value: 'alerting', label: 'fire' },
  { value: 'ok', label: 'count as fulfilled: no alert' },
];

/** Everything that a rule has. */
export function RuleForm(props: RuleFormProps) {
  const { draft, place, onDraft, onPlace } = props;
  const change = (part: Partial<RuleDraft>) => onDraft({ ...draft, ...part });
  const alerting = draft.kind === 'alerting';
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <SegmentedControl size="xs" aria-label="Type of the rule" data={[{ value: 'alerting', label: 'Alerting rule' }, { value: 'recording', label: 'Recording rule' }]} value={draft.kind} onChange={(kind) => change({ kind: kind === 'recording' ? 'recording' : 'alerting' })} />
        <Select size="xs" w={130} label="Language" data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} value={place.language} allowDeselect={false} onChange={(value) => onPlace({ ...place, language: (value ?? 'promql') as RuleLanguage })} />
        <TextInput size="xs" style={{ flex: '1 1 220px' }} label={alerting ? 'Name of the alert' : 'Metric that is recorded'} placeholder={alerting ? 'HighErrorRate' : 'job:http_requests:rate5m'} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} required />
      </Group>
      <div>
        <Text size="xs" fw={500} mb={4}>
          Expression
        </Text>
        <ExpressionEditor language={place.language} value={draft.expr} onChange={(expr) => change({ expr })} onRun={props.onRun} />
        {alerting && (
          <Text size="xs" c="dimmed" mt={2}>
            There is an alert for each series that the expression gives, so it ends with a comparison.
          </Text>
        )}
      </div>
      {alerting && <Timing draft={draft} onChange={change} />}
      <PairsEditor title="Labels" noun="label" pairs={draft.labels} onChange={(labels) => change({ labels })} names={['severity', 'team', 'service', 'component']} />
      {alerting && (
        <>
          <PairsEditor title="Annotations" noun="annotation" pairs={shownAnnotations(draft.annotations)} onChange={(annotations) => change({ annotations: [...annotations, ...draft.annotations.filter(isFallback)] })} names={['summary', 'description', 'runbook_url', 'dashboard_url']} />
          <TemplateHelp labels={props.labels} />
        </>
      )}
      <Group gap="sm" align="flex-start">
        <Autocomplete size="xs" style={{ flex: '1 1 160px' }} label="Namespace" description="Keeps groups apart" data={[...props.namespaces]} value={place.namespace} onChange={(namespace) => onPlace({ ...place, namespace })} required />
        <Autocomplete size="xs" style={{ flex: '1 1 160px' }} label="Group" description="Evaluated together" data={[...props.groups]} value={place.group} onChange={(group) => onPlace({ ...place, group })} required />
        <TextInput size="xs" w={150} label="Interval of the group" description="Empty for the default" placeholder="1m" value={place.interval} onChange={(event) => onPlace({ ...place, interval: event.currentTarget.value })} />
      </Group>
    </Stack>
  );
}

function Timing({ draft, onChange }: { draft: RuleDraft; onChange: (part: Partial<RuleDraft>) => void }) {
  const fallback = (name: string) => draft.annotations.find(([key]) => key === name)?.[1] ?? '';
  return (
    <Group gap="sm" align="flex-end">
      <TextInput size="xs" w={130} label="For" placeholder="5m" value={draft.holdFor} onChange={(event) => onChange({ holdFor: event.currentTarget.value })} />
      <TextInput size="xs" w={130} label="Keep firing for" placeholder="none" value={draft.keepFiringFor} onChange={(event) => onChange({ keepFiringFor: event.currentTarget.value })} />
      <Select size="xs" w={210} label="Without data" data={FALLBACKS} value={fallback(NO_DATA)} allowDeselect={false} onChange={(value) => onChange({ annotations: withAnnotation(draft.annotations, NO_DATA, value ?? '') })} />
      <Select size="xs" w={210} label="When evaluation fails" data={FALLBACKS} value={fallback(ON_ERROR)} allowDeselect={false} onChange={(value) => onChange({ annotations: withAnnotation(draft.annotations, ON_ERROR, value ?? '') })} />
    </Group>
  );
}

function isFallback([name]: readonly [string, string]): boolean {
  return name === NO_DATA || name === ON_ERROR;
}

/** Those with a choice of their own are left out. */
function shownAnnotations(annotations: Pairs): Pairs {
  return annotations.filter((pair) => !isFallback(pair));
}
