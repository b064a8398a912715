import { Code, Group, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useMemo } from 'react';
import { previewTemplate, type RenderedTemplate, type ToldAlerts } from '../../../api/alertmanagerConfig';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import type { LineMessage } from '../../../components/TextEditor';
import { Section } from '../../../components/Section';
import { Failure, Loaded } from '../../../components/states';

const TextEditor = lazy(() => import('../../../components/TextEditor'));
const START = '{{ range .Alerts.Firing }}{{ .Labels.alertname }}: {{ .Annotations.summary }}\n{{ end }}';
const DEFAULTS = ['slack.default.title', 'slack.default.text', 'email.default.subject', 'email.default.html', 'pagerduty.default.description', 'opsgenie.default.message', 'telegram.default.message', 'discord.default.title', 'webex.default.message', 'pushover.default.message'];
const NO_MESSAGES: readonly LineMessage[] = [];

/** A text of templates, and what it writes for a sample or for alerts that are known now. */
export function TemplatePreview({ definitions }: { definitions: Readonly<Record<string, string>> }) {
  const { params, patch } = useUrlState();
  const text = params.get('text') ?? START;
  const html = params.get('html') === 'on';
  const current = params.get('alerts') === 'current';
  const matchers = params.get('matchers') ?? '';
  const alerts = useMemo((): ToldAlerts => (current ? { kind: 'current', matchers: matchers.split(',').map((each) => each.trim()).filter((each) => each !== '') } : { kind: 'sample' }), [current, matchers]);
  const [asked] = useDebouncedValue(JSON.stringify({ text, definitions, html, alerts }), 500);
  const data = useData(
    ['template preview', asked],
    (access, signal) => {
      const question = JSON.parse(asked) as { text: string; definitions: Record<string, string>; html: boolean; alerts: ToldAlerts };
      return previewTemplate(access, question.text, question.definitions, question.html, question.alerts, signal);
    },
    { refreshes: false },
  );
  const error = data.kind === 'loaded' ? data.value.error : undefined;
  const messages = useMemo((): readonly LineMessage[] => (error && (error.template ?? '') === '' ? [{ line: error.line ?? 0, message: error.message, severity: 'error' }] : NO_MESSAGES), [error]);
  return (
    <Section title="Try out">
      <Stack gap="xs" p="xs">
        <Group gap="sm" align="flex-end">
          <SegmentedControl size="xs" aria-label="Which alerts" data={[{ value: 'sample', label: 'A sample alert' }, { value: 'current', label: 'Known alerts' }]} value={current ? 'current' : 'sample'} onChange={(value) => patch({ alerts: value === 'current' ? value : undefined })} />
          {current && <TextInput size="xs" w={280} aria-label="Matchers, apart by commas" placeholder={'severity="critical"; all without'} value={matchers} onChange={(event) => patch({ matchers: event.currentTarget.value }, 'replace')} />}
          <Select size="xs" w={230} aria-label="Take a default template" placeholder="Take a default template" data={DEFAULTS} value={null} onChange={(name) => name !== null && patch({ text: `{{ template "${name}" . }}`, html: name.endsWith('.html') ? 'on' : undefined })} />
          <Switch size="xs" label="As mail (HTML)" checked={html} onChange={(event) => patch({ html: event.currentTarget.checked ? 'on' : undefined })} />
        </Group>
        <Suspense fallback={null}>
          <TextEditor value={text} label="Template" format="text" height="30vh" messages={messages} onChange={(next) => patch({ text: next }, 'replace')} />
        </Suspense>
        <Loaded data={data}>{(rendered) => <Rendered rendered={rendered} html={html} />}</Loaded>
      </Stack>
    </Section>
  );
}

function Rendered({ rendered, html }: { rendered: RenderedTemplate; html: boolean }) {
  if (rendered.error) {
    const { message, template = '', line, column } = rendered.error;
    return <Failure message={`${message}${template === '' ? '' : `, in ${template}`}${line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`}`} />;
  }
  const text = rendered.text ?? '';
  if (text === '') {
    return (
      <Text size="sm" c="dimmed">
        It writes nothing.
      </Text>
    );
  }
  return (
    <>
      <Text size="xs" c="dimmed">
        It writes
      </Text>
      {html && (
        // Without any permission: no scripts, forms, or navigation, and the page's own policy keeps other hosts out.
        <iframe title="The page as mail programs show it" sandbox="" srcDoc={text} className="mail-preview" />
      )}
      <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap', maxHeight: '40vh', overflow: 'auto' }} tabIndex={0}>
        {text}
      </Code>
    </>
  );
}
