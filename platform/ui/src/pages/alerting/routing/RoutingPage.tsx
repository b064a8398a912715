import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { alertRouting, whyAlert } from '../../../api/alerting';
import { useHref, useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Empty, Failure, Loaded } from '../../../components/states';
import { labelsOfMatchers, parseMatchers } from '../../../lib/alerting/matchers';
import { countRoutes, pathTo } from '../../../lib/alerting/routing';
import type { Labels } from '../../../lib/labels';
import { Explanation } from '../shared/Explanation';
import { InhibitRules } from './InhibitRules';
import { RouteTree } from './RouteTree';
import { TimeIntervals } from './TimeIntervals';
import { WhyForm } from './WhyForm';

/** Where alerts go: the tree of routes, what an alert with given labels meets on its way, inhibit rules and time intervals. */
export default function RoutingPage() {
  const { params } = useUrlState();
  const href = useHref();
  const asked = askedFor(params);
  const atMs = timeOf(params.get('at'));
  const routing = useData(['alerting', 'routing', atMs], (access, signal) => alertRouting(access, atMs, signal));
  const why = useData(['alerting', 'why', asked.labels, atMs], (access, signal) => whyAlert(access, asked.labels ?? {}, atMs, signal), { enabled: asked.labels !== undefined });
  const taken = asked.labels !== undefined && why.kind === 'loaded' ? why.value.routes.map(({ id }) => id) : undefined;
  return (
    <Stack gap="md">
      <PageTitle title="Routing">
        <Button component={Link} href={href('/alerting/receivers')} size="xs" variant="default">
          Edit receivers and routes
        </Button>
      </PageTitle>
      <AlertingTabs />
      <Section title="Where would an alert go, and why">
        <WhyForm />
        {asked.mistake !== undefined && <Failure message={asked.mistake} />}
        {asked.labels !== undefined && <Loaded data={why}>{(explanation) => <Explanation explanation={explanation} />}</Loaded>}
      </Section>
      <Loaded data={routing} height={200}>
        {({ configured, route, inhibitRules, timeIntervals }) => (
          <>
            <Section title={`Routes (${countRoutes(route)})`}>
              {configured ? (
                <div style={{ padding: 12 }}>
                  <RouteTree root={route} path={taken === undefined ? undefined : pathTo(route, taken)} taken={new Set(taken)} />
                </div>
              ) : (
                <Empty>No configuration is set: alerts are kept and shown, and nobody is told. Name an alertmanager.yml under “files: alertmanager” in ghostworks.yml, or make receivers and routes here.</Empty>
              )}
            </Section>
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
              <Section title={`Inhibit rules (${inhibitRules.length})`}>
                <InhibitRules rules={inhibitRules} />
              </Section>
              <Section title={`Time intervals (${timeIntervals.length})`}>
                <TimeIntervals intervals={timeIntervals} />
              </Section>
            </SimpleGrid>
          </>
        )}
      </Loaded>
      {atMs !== undefined && (
        <Text size="xs" c="dimmed">
          Routes, inhibit rules and intervals are those that are configured now.
        </Text>
      )}
    </Stack>
  );
}

/** The labels of the address: as matchers with `=`, or one by one. */
function askedFor(params: URLSearchParams): { labels: Labels | undefined; mistake: string | undefined } {
  const single = params.getAll('label').filter((text) => text.indexOf('=') > 0);
  const written = params.get('labels') ?? '';
  if (written.trim() === '') {
    return { labels: single.length === 0 ? undefined : Object.fromEntries(single.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)])), mistake: undefined };
  }
  const parsed = parseMatchers(written);
  if (parsed.kind === 'wrong') return { labels: undefined, mistake: parsed.message };
  const labels = labelsOfMatchers(parsed.matchers);
  if (labels === undefined) return { labels, mistake: 'Give labels with their values, as name="value": an alert has no patterns.' };
  return { labels: Object.keys(labels).length === 0 ? undefined : labels, mistake: undefined };
}

function timeOf(text: string | null): number | undefined {
  const ms = text === null ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
