import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { knownAlerts } from '../../../api/alertmanager';
import { pendingAlerts, whyAlert, type AlertExplanation } from '../../../api/alerting';
import type { Access } from '../../../api/http';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Failure, Loaded } from '../../../components/states';
import type { ShownAlert } from '../../../lib/alerting/alertFilter';
import { labelsOfMatchers, matchersOf, parseMatchers } from '../../../lib/alerting/matchers';
import type { Labels } from '../../../lib/labels';
import { Explanation } from '../shared/Explanation';
import { LinkedText } from '../shared/LinkedText';
import { AlertHead } from './AlertHead';
import { AlertIncidents } from './AlertIncidents';
import { RuleGraph } from './RuleGraph';
import { StateHistory } from './StateHistory';

/** One alert, by the fingerprint of a known one or by the labels in the address, also where it is over. */
export default function AlertPage({ fingerprint }: { fingerprint: string | undefined }) {
  const { params } = useUrlState();
  const text = params.get('labels') ?? '';
  const parsed = parseMatchers(text);
  const labels = parsed.kind === 'parsed' ? labelsOfMatchers(parsed.matchers) : undefined;
  if (fingerprint !== undefined) return <Asked asked={fingerprint} />;
  if (labels === undefined || Object.keys(labels).length === 0) {
    return (
      <Page title="Alert">
        <Failure message={parsed.kind === 'wrong' ? parsed.message : 'The address must name the labels of an alert: labels={alertname="…",…}.'} />
      </Page>
    );
  }
  return <Asked asked={labels} />;
}

interface Told {
  readonly explanation: AlertExplanation;
  /** Undefined where it is neither known nor pending. */
  readonly alert: ShownAlert | undefined;
}

async function load(access: Access, asked: Labels | string, signal: AbortSignal): Promise<Told> {
  const explanation = await whyAlert(access, asked, undefined, signal);
  const matchers = matchersOf(explanation.labels);
  const [known, pending] = await Promise.all([knownAlerts(access, { matchers }, signal), pendingAlerts(access, matchers, signal)]);
  const found = known.find((alert) => alert.fingerprint === explanation.fingerprint);
  const waiting = pending[0];
  const none = { fingerprint: '', updatedAt: '', endsAt: '', generatorUrl: '', receivers: [], silencedBy: [], inhibitedBy: [], mutedBy: [] };
  return { explanation, alert: found ?? (waiting && { ...none, state: 'pending', labels: waiting.labels, annotations: waiting.annotations, startsAt: waiting.activeAt }) };
}

function Asked({ asked }: { asked: Labels | string }) {
  const told = useData(['alerting', 'alert', asked], (access, signal) => load(access, asked, signal));
  const title = typeof asked === 'string' ? (told.kind === 'loaded' ? told.value.explanation.labels['alertname'] : undefined) : asked['alertname'];
  return (
    <Page title={title ?? 'Alert'}>
      <Loaded data={told} height={200}>
        {({ explanation, alert }) => <Found labels={explanation.labels} alert={alert} explanation={explanation} />}
      </Loaded>
    </Page>
  );
}

function Found({ labels, alert, explanation }: { labels: Labels; alert: ShownAlert | undefined; explanation: AlertExplanation }) {
  const annotations = Object.entries(alert?.annotations ?? {});
  return (
    <Stack gap="md">
      <AlertHead labels={labels} alert={alert} />
      {annotations.length > 0 && (
        <Section title="Annotations">
          <table className="field-table" style={{ margin: 10, width: 'calc(100% - 20px)', fontSize: '0.8125rem' }}>
            <tbody>
              {annotations.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row" style={{ width: 160 }}>
                    {name}
                  </th>
                  <td>
                    <LinkedText text={value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      <Section title="Who is told, and why">
        <Explanation explanation={explanation} />
      </Section>
      <Section title="Expression and threshold">
        <RuleGraph labels={labels} />
      </Section>
      <Section title="History of its state">
        <StateHistory labels={labels} />
      </Section>
      <Section title="Incidents">
        <AlertIncidents labels={labels} />
      </Section>
      {alert === undefined && (
        <Text size="xs" c="dimmed">
          Annotations of an alert that is over stand in its incidents.
        </Text>
      )}
    </Stack>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm">
      <PageTitle title={title} />
      <AlertingTabs />
      {children}
    </Stack>
  );
}
