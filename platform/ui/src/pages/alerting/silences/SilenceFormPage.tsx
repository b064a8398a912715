import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { silence } from '../../../api/alertmanager';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Failure, Loaded } from '../../../components/states';
import { parseMatchers } from '../../../lib/alerting/matchers';
import { draftAgain, draftOf, emptyDraft } from '../../../lib/alerting/silence';
import { useAuthor } from '../shared/useAuthor';
import { SilenceForm } from './SilenceForm';

/** Makes a silence, from nothing, from the matchers of the address or like a former one, or changes one. */
export default function SilenceFormPage({ id }: { id: string | undefined }) {
  const { params } = useUrlState();
  const again = params.get('again');
  return (
    <Stack gap="sm">
      <PageTitle title={id === undefined ? 'New silence' : 'Edit silence'} />
      <AlertingTabs />
      {id !== undefined ? <Existing key={id} id={id} again={false} /> : again !== null ? <Existing key={again} id={again} again /> : <New />}
    </Stack>
  );
}

function Existing({ id, again }: { id: string; again: boolean }) {
  const [author] = useAuthor();
  // What is typed must not change under the hand: it is read once.
  const loaded = useData(['alerting', 'silence', id, 'to edit'], (access, signal) => silence(access, id, signal), { refreshes: false });
  return <Loaded data={loaded}>{(found) => <SilenceForm initial={again ? draftAgain(found, Date.now(), author) : draftOf(found)} />}</Loaded>;
}

function New() {
  const { params } = useUrlState();
  const [author] = useAuthor();
  const filter = params.get('filter') ?? '';
  const comment = params.get('comment') ?? '';
  const parsed = useMemo(() => parseMatchers(filter), [filter]);
  return (
    <>
      {parsed.kind === 'wrong' && <Failure message={`The matchers of the address are not understood: ${parsed.message}`} />}
      <SilenceForm initial={{ ...emptyDraft(Date.now(), author), comment, matchers: parsed.kind === 'parsed' ? parsed.matchers : [] }} />
    </>
  );
}
