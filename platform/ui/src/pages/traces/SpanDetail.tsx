import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import type { Labels } from '../../lib/labels';
import type { Span, Trace } from '../../lib/trace';
import { formatValue } from '../../lib/units/format';

/** Around the trace, for lines that are written late or by a clock that is a little off. */
const LOG_MARGIN_MS = 60_000;

/** All that one span says, and the way to its logs. */
export function SpanDetail({ span, trace }: { span: Span; trace: Trace }) {
  const href = useHref();
  const period = { from: String(Math.floor(trace.startMs - LOG_MARGIN_MS)), to: String(Math.ceil(trace.startMs + trace.durationMs + LOG_MARGIN_MS)) };
  const byTrace = `| trace_id=${JSON.stringify(trace.traceId)}`;
  return (
    <Stack gap={6}>
      <Title order={2} className="wrap-anywhere">
        {span.name}
      </Title>
      <Group gap={6}>
        <Badge variant="light" tt="none" radius="sm">
          {span.service}
        </Badge>
        <Badge variant="default" tt="none" radius="sm">
          {span.kind}
        </Badge>
        {span.error && <Badge color="red">error</Badge>}
      </Group>
      {span.statusMessage !== '' && (
        <Text size="sm" c="red" className="wrap-anywhere">
          {span.statusMessage}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {formatValue(span.durationMs, 'ms')}, from {formatValue(span.offsetMs, 'ms')} after the start of the trace
      </Text>
      <Group gap="md">
        <Anchor component={Link} size="sm" href={href('/explore/logs', { ...period, query: `{service_name=${JSON.stringify(span.service)}} ${byTrace}` })}>
          Logs of this span's service
        </Anchor>
        <Anchor component={Link} size="sm" href={href('/explore/logs', { ...period, query: `{service_name=~".+"} ${byTrace}` })}>
          Logs of the whole trace
        </Anchor>
      </Group>
      <Fields title="Attributes" fields={span.attributes} />
      {span.events.length > 0 && (
        <section>
          <Text size="sm" fw={600} mt={4}>
            Events
          </Text>
          {span.events.map((event, index) => (
            <div key={index}>
              <Text size="xs">
                <strong>{event.name}</strong>, {formatValue(event.offsetMs, 'ms')}
              </Text>
              <FieldRows fields={event.attributes} />
            </div>
          ))}
        </section>
      )}
      {span.links.length > 0 && (
        <section>
          <Text size="sm" fw={600} mt={4}>
            Links
          </Text>
          {span.links.map((link, index) => (
            <div key={index}>
              <Anchor component={Link} size="xs" className="mono wrap-anywhere" href={href(`/explore/traces/${link.traceId}`, { span: link.spanId })}>
                {link.traceId}
              </Anchor>
              <FieldRows fields={link.attributes} />
            </div>
          ))}
        </section>
      )}
      <Fields title="Resource" fields={span.resource} />
      <Fields title="Identity" fields={{ 'span id': span.spanId, ...(span.parentSpanId === '' ? {} : { 'parent span id': span.parentSpanId }), ...(span.scope === '' ? {} : { scope: span.scope }) }} />
    </Stack>
  );
}

function Fields({ title, fields }: { title: string; fields: Labels }) {
  if (Object.keys(fields).length === 0) {
    return null;
  }
  return (
    <section>
      <Text size="sm" fw={600} mt={4}>
        {title}
      </Text>
      <FieldRows fields={fields} />
    </section>
  );
}

function FieldRows({ fields }: { fields: Labels }) {
  return (
    <table className="field-table mono">
      <tbody>
        {Object.entries(fields).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td style={{ whiteSpace: 'pre-wrap' }}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
