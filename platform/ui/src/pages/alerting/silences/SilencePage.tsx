import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { postSilence, silence } from '../../../api/alertmanager';
import { useAction } from '../../../app/useAction';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { draftBody, draftOf, scheduleWords, withRemark, type Silence } from '../../../lib/alerting/silence';
import { ActionFailure } from '../shared/ActionFailure';
import { SilenceStateBadge } from '../shared/badges';
import { LabelMarks } from '../shared/Labels';
import { LinkedText } from '../shared/LinkedText';
import { useAuthor } from '../shared/useAuthor';
import { AffectedAlerts } from './AffectedAlerts';
import { ExpireButton } from './ExpireButton';
import { Matchers } from './SilenceLine';
import { At } from '../shared/At';

/** One silence, what it keeps back, and what people say about it. */
export default function SilencePage({ id }: { id: string }) {
  const loaded = useData(['alerting', 'silence', id], (access, signal) => silence(access, id, signal));
  return (
    <Stack gap="sm">
      <PageTitle title="Silence" />
      <AlertingTabs />
      <Loaded data={loaded} height={200}>
        {(found) => (
          <Stack gap="md">
            <Facts silence={found} />
            <Section title="Comment">
              <div style={{ padding: 12, fontSize: '0.8125rem' }}>
                <LinkedText text={found.comment} />
              </div>
              {found.state !== 'expired' && <Remark silence={found} />}
            </Section>
            <Section title="Alerts that it matches now">
              <AffectedAlerts matchers={found.matchers} />
            </Section>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

function Facts({ silence: found }: { silence: Silence }) {
  const href = useHref();
  return (
    <div className="card" style={{ padding: 12 }}>
      <Stack gap="xs">
        <Group gap="xs">
          <SilenceStateBadge state={found.state} />
          <Text size="sm">
            <At at={found.startsAt} /> to <At at={found.endsAt} />
          </Text>
        </Group>
        {found.schedule !== undefined && (
          <Text size="sm" className="wrap-anywhere">
            Recurs: {scheduleWords(found.schedule.text)}, from <At at={found.schedule.startsAt} /> to <At at={found.schedule.endsAt} />. The times above are its{' '}
            {found.state === 'active' ? 'current' : 'next'} occurrence.
          </Text>
        )}
        <Matchers silence={found} />
        <LabelMarks labels={found.annotations} />
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          By {found.createdBy === '' ? 'nobody named' : found.createdBy}, changed <At at={found.updatedAt} /> · {found.id}
        </Text>
        <Group gap="xs">
          {found.state === 'expired' ? (
            <Button component={Link} href={href('/alerting/silences/new', { again: found.id })} size="xs">
              Recreate
            </Button>
          ) : (
            <>
              <Button component={Link} href={href(`/alerting/silences/${found.id}/edit`)} size="xs" variant="default">
                Edit
              </Button>
              <ExpireButton silence={found} />
            </>
          )}
        </Group>
      </Stack>
    </div>
  );
}

/** Adds a line to the comment, so that every client shows it. */
function Remark({ silence: found }: { silence: Silence }) {
  const [author, setAuthor] = useAuthor();
  const [text, setText] = useState('');
  const action = useAction((access, said: string) => postSilence(access, draftBody({ ...draftOf(found), comment: withRemark(found.comment, author, said, Date.now()) })), () => setText(''));
  const ready = author.trim() !== '' && text.trim() !== '';
  return (
    <form
      style={{ padding: '0 12px 12px' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) action.run(text);
      }}
    >
      <Stack gap={6}>
        <Textarea aria-label="Something to add to the comment" placeholder="Something to add" size="xs" autosize minRows={1} maxRows={6} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Group gap={6}>
          <TextInput aria-label="Who" placeholder="Your name" size="xs" value={author} onChange={(event) => setAuthor(event.currentTarget.value)} style={{ flex: '1 1 120px' }} />
          <Button type="submit" size="xs" disabled={!ready} loading={action.busy}>
            Add
          </Button>
        </Group>
        <ActionFailure action={action} />
      </Stack>
    </form>
  );
}
