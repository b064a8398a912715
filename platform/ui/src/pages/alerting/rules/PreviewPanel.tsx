import { Badge, Button, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { lintText, previewRule, type RulePreview } from '../../../api/ruler';
import { useData } from '../../../app/useData';
import { FindingList } from '../../../components/FindingList';
import { LabelList } from '../../../components/LabelList';
import { Section } from '../../../components/Section';
import { Empty, Failure, Loaded } from '../../../components/states';
import { count, formatSample } from '../../../lib/alerting/figures';
import type { RuleDraft } from '../../../lib/alerting/ruleYaml';
import { newGroup, ruleFile } from '../../../lib/alerting/ruleYaml';
import { Trial } from '../backtest/Trial';
import { Annotation } from './RuleAlerts';
import type { RulePlace } from './ruleForms';

const ConditionGraph = lazy(() => import('../../../components/ConditionGraph'));
const TYPING_MS = 600;

/** What a rule does that is not stored yet: the series it finds, the alerts there would be, and what is wrong with it. */
export function PreviewPanel({ draft, place, onExpression, onLabels }: { draft: RuleDraft; place: RulePlace; onExpression: (expr: string) => void; onLabels: (names: readonly string[]) => void }) {
  const [settled] = useDebouncedValue(draft, TYPING_MS);
  if (settled.expr.trim() === '') {
    return (
      <Section title="Preview">
        <Empty>Write an expression to see what it finds.</Empty>
      </Section>
    );
  }
  return (
    <Stack gap="md">
      <Section title="Over time">
        <div style={{ padding: 8 }}>
          <Suspense fallback={null}>
            <ConditionGraph language={place.language} expr={settled.expr} height={220} />
          </Suspense>
        </div>
      </Section>
      <NowSection draft={settled} place={place} onLabels={onLabels} />
      {place.language === 'promql' && <LintSection draft={settled} place={place} onExpression={onExpression} />}
      {place.language === 'promql' && settled.kind === 'alerting' && <TrialSection draft={settled} place={place} />}
    </Stack>
  );
}

function NowSection({ draft, place, onLabels }: { draft: RuleDraft; place: RulePlace; onLabels: (names: readonly string[]) => void }) {
  const yaml = newGroup({ name: place.group.trim() || 'preview', interval: place.interval }, draft.name === '' ? { ...draft, name: draft.kind === 'alerting' ? 'Preview' : 'preview' } : draft);
  const data = useData(['rule preview', place.language, yaml], async (access, signal) => {
    const preview = await previewRule(access, place.language, yaml, signal);
    onLabels([...new Set(preview.samples.flatMap(({ labels }) => Object.keys(labels)))].filter((name) => name !== '__name__').sort());
    return preview;
  });
  return (
    <Section title={draft.kind === 'alerting' ? 'What would fire now' : 'What would be recorded now'}>
      <div style={{ padding: 8 }}>
        <Loaded data={data}>{(preview) => <Now preview={preview} draft={draft} />}</Loaded>
      </div>
    </Section>
  );
}

function Now({ preview, draft }: { preview: RulePreview; draft: RuleDraft }) {
  if (preview.mistakes.length > 0 || preview.error !== undefined) {
    return (
      <Stack gap="xs">
        {[...preview.mistakes, ...(preview.error === undefined ? [] : [preview.error])].map((text) => (
          <Failure key={text} message={text} />
        ))}
      </Stack>
    );
  }
  if (preview.samplesFound === 0) {
    return <Empty>{draft.kind === 'alerting' ? 'Nothing: no series fulfils the condition at the moment.' : 'The expression gives nothing at the moment.'}</Empty>;
  }
  return draft.kind === 'alerting' ? <Alerts preview={preview} holdFor={draft.holdFor} /> : <Samples preview={preview} />;
}

const ROWS_MAX = 20;

function Alerts({ preview, holdFor }: { preview: RulePreview; holdFor: string }) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {count(preview.samplesFound, 'alert')} would {holdFor === '' || /^0/.test(holdFor) ? 'fire at once' : `be pending, and fire in ${holdFor} if the condition holds`}.
      </Text>
      {preview.alerts.slice(0, ROWS_MAX).map((alert) => (
        <div key={JSON.stringify(alert.labels)}>
          <LabelList labels={alert.labels} without={['alertname']} />
          <Text size="xs" c="dimmed">
            value {formatSample(alert.value)}
          </Text>
          {Object.entries(alert.annotations).map(([name, text]) => (
            <Annotation key={name} name={name} text={text} />
          ))}
        </div>
      ))}
      {preview.samplesFound > ROWS_MAX && <Text size="xs">and {count(preview.samplesFound - ROWS_MAX, 'more')}</Text>}
    </Stack>
  );
}

function Samples({ preview }: { preview: RulePreview }) {
  return (
    <>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {preview.samples.slice(0, ROWS_MAX).map((sample) => (
            <Table.Tr key={JSON.stringify(sample.labels)}>
              <Table.Td>
                <LabelList labels={sample.labels} without={['__name__']} />
              </Table.Td>
              <Table.Td className="numeric">{formatSample(sample.value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {count(preview.samplesFound, 'series', 'series')}
      </Text>
    </>
  );
}

function LintSection({ draft, place, onExpression }: { draft: RuleDraft; place: RulePlace; onExpression: (expr: string) => void }) {
  const text = ruleFile(draft.name === '' ? { ...draft, name: draft.kind === 'alerting' ? 'Preview' : 'preview' } : draft, { name: place.group, interval: place.interval });
  const data = useData(['rule lint', text], (access, signal) => lintText(access, text, signal), { refreshes: false });
  if (data.kind === 'failed') {
    return null; // The preview says the same.
  }
  return (
    <Section title="Lint">
      <div style={{ padding: 8 }}>
        <Loaded data={data}>
          {(findings) =>
            findings.length === 0 ? (
              <Badge color="teal" variant="light">
                nothing found
              </Badge>
            ) : (
              <FindingList
                findings={findings}
                action={({ corrected }) =>
                  corrected !== undefined && (
                    <Button size="compact-xs" variant="default" onClick={() => onExpression(corrected)}>
                      Use the corrected expression
                    </Button>
                  )
                }
              />
            )
          }
        </Loaded>
      </div>
    </Section>
  );
}

function TrialSection({ draft, place }: { draft: RuleDraft; place: RulePlace }) {
  const [asked, setAsked] = useState<RuleDraft | undefined>(undefined);
  return (
    <Section title="Over stored history">
      <Stack gap="xs" p="xs">
        <Button size="compact-xs" variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setAsked(draft)}>
          Try over the chosen time
        </Button>
        {asked && <Trial key={JSON.stringify(asked)} draft={asked} interval={place.interval} />}
      </Stack>
    </Section>
  );
}
