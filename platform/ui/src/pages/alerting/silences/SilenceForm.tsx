import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { postSilence } from '../../../api/alertmanager';
import { useAction } from '../../../app/useAction';
import { useHref, useUrlState } from '../../../app/urlState';
import { Section } from '../../../components/Section';
import { formatMatchers, type Matcher } from '../../../lib/alerting/matchers';
import { draftBody, draftMistake, withSchedule, type SilenceDraft } from '../../../lib/alerting/silence';
import { ActionFailure } from '../shared/ActionFailure';
import { useAuthor } from '../shared/useAuthor';
import { useNow } from '../shared/useNow';
import { AffectedAlerts } from './AffectedAlerts';
import { MatcherRows } from './MatcherRows';
import { MatcherText } from './MatcherText';
import { ScheduleFields } from './ScheduleFields';
import { SpanFields } from './SpanFields';

/** The form of a silence, with the alerts that it takes beside it. */
export function SilenceForm({ initial }: { initial: SilenceDraft }) {
  const [draft, setDraft] = useState(initial);
  const [, setAuthor] = useAuthor();
  const [tried, setTried] = useState(false);
  const [, navigate] = useLocation();
  const href = useHref();
  const { params, patch } = useUrlState();
  const now = useNow();
  const action = useAction(
    (access, sent: SilenceDraft) => postSilence(access, draftBody(sent)),
    (id) => navigate(href(`/alerting/silences/${id}`)),
  );
  const change = (part: Partial<SilenceDraft>) => setDraft((current) => ({ ...current, ...part }));
  const setMatchers = (matchers: readonly Matcher[]) => {
    change({ matchers });
    const named = matchers.filter(({ name }) => name.trim() !== '');
    // The address of a new silence can be shared; one like a former silence, or a changed one, is told by its id.
    if (draft.id === '' && !params.has('again')) patch({ filter: named.length === 0 ? undefined : formatMatchers(named) }, 'replace');
  };
  const mistake = draftMistake(draft, now);
  const send = () => {
    setTried(true);
    if (draftMistake(draft, Date.now()) !== undefined) return;
    setAuthor(draft.createdBy.trim());
    action.run(draft);
  };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <Section title="Which alerts">
            <Stack gap="xs" p="sm">
              <MatcherRows matchers={draft.matchers} onChange={setMatchers} />
              <MatcherText matchers={draft.matchers} onChange={setMatchers} />
            </Stack>
          </Section>
          <Section title="When">
            <Stack gap="xs" p="sm">
              <SpanFields startsAtMs={draft.startsAtMs} endsAtMs={draft.endsAtMs} onChange={change} />
              <ScheduleFields schedule={draft.schedule} onChange={(schedule) => setDraft((current) => withSchedule(current, schedule))} />
            </Stack>
          </Section>
          <Section title="Why">
            <Stack gap="xs" p="sm">
              <TextInput label="Who" size="xs" value={draft.createdBy} onChange={(event) => change({ createdBy: event.currentTarget.value })} required />
              <Textarea label="Comment" size="xs" autosize minRows={2} maxRows={10} value={draft.comment} onChange={(event) => change({ comment: event.currentTarget.value })} required />
            </Stack>
          </Section>
          {tried && mistake !== undefined && (
            <Text size="sm" c="red" role="alert">
              {mistake}
            </Text>
          )}
          <ActionFailure action={action} />
          <Group gap="xs">
            <Button type="submit" size="sm" loading={action.busy}>
              {draft.id === '' ? 'Create the silence' : 'Save'}
            </Button>
            {draft.id !== '' && (
              <Text size="xs" c="dimmed">
                A change of the matchers, or of the start of one that holds, ends this silence and makes another.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
      <Section title="Alerts that it would match now">
        <AffectedAlerts matchers={draft.matchers} />
      </Section>
    </SimpleGrid>
  );
}
