import { Button, Group, NavLink, Stack, Text, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import '../alertingRules.css';
import type { AlertmanagerConfiguration } from '../../../api/alertmanagerConfig';
import { useAccess } from '../../../app/access';
import { useUrlState } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { PageTitle } from '../../../components/PageTitle';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { readTemplateNames, setTemplateName } from '../../../lib/alerting/receivers';
import { DraftBar } from '../receivers/DraftBar';
import { useDraft, useRunningConfiguration, type Draft } from '../receivers/useDraft';
import { TemplatePreview } from './TemplatePreview';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

/** Templates of notifications: the tenant's own, and a place to try any of them out. */
export default function TemplatesPage() {
  const { access } = useAccess();
  const data = useRunningConfiguration();
  return (
    <Stack gap="sm">
      <PageTitle title="Templates" />
      <AlertingTabs />
      <Loaded data={data} height={200}>
        {(running) => <Templates key={`${access.tenant} ${running.version} ${running.source}`} running={running} />}
      </Loaded>
    </Stack>
  );
}

function Templates({ running }: { running: AlertmanagerConfiguration }) {
  const draft = useDraft(running);
  const { params } = useUrlState();
  const names = Object.keys(draft.edited.templateFiles);
  const chosen = names.find((name) => name === params.get('file'));
  return (
    <>
      <DraftBar draft={draft} />
      <Section title="Files">
        <Stack gap="xs" p="xs">
          <Text size="sm" c="dimmed">
            {draft.editable
              ? 'Files of templates that the receivers of this tenant may use. Each text stands between {{ define "name" }} and {{ end }}, and is used by {{ template "name" . }}.'
              : filesOfOperator(running.configuration)}
          </Text>
          {draft.editable && <FileList names={names} chosen={chosen} draft={draft} />}
          {chosen !== undefined && (
            <Suspense fallback={null}>
              <TextEditor key={chosen} value={draft.edited.templateFiles[chosen] ?? ''} label={`Template file ${chosen}`} format="text" height="45vh" onChange={(text) => draft.setTemplates({ ...draft.edited.templateFiles, [chosen]: text })} />
            </Suspense>
          )}
        </Stack>
      </Section>
      <TemplatePreview definitions={draft.edited.templateFiles} />
    </>
  );
}

function filesOfOperator(configuration: string): string {
  let names: readonly string[] = [];
  try {
    names = readTemplateNames(configuration);
  } catch {
    // The page of receivers says what is wrong with the file.
  }
  return names.length === 0 ? 'alertmanager.yml names no template files; the default templates can be tried out below.' : `The operator’s templates stand in files of the server, as alertmanager.yml names them: ${names.join(', ')}. They are changed there, and can be tried out below.`;
}

function FileList({ names, chosen, draft }: { names: readonly string[]; chosen: string | undefined; draft: Draft }) {
  const { patch } = useUrlState();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const mistake = names.includes(wanted) ? 'There is one of this name.' : /[/\\]/.test(wanted) || wanted === '.' || wanted === '..' ? 'A name has no path.' : undefined;
  const add = () => {
    draft.setTemplates({ ...draft.edited.templateFiles, [wanted]: `{{ define "${wanted.replace(/\.tmpl$/, '')}" }}{{ .CommonAnnotations.summary }}{{ end }}\n` }, (text) => setTemplateName(text, wanted, true));
    setName('');
    patch({ file: wanted });
  };
  const remove = (file: string) => {
    const others = Object.fromEntries(Object.entries(draft.edited.templateFiles).filter(([each]) => each !== file));
    draft.setTemplates(others, (text) => setTemplateName(text, file, false));
  };
  return (
    <>
      {names.map((each) => (
        <Group key={each} gap="xs" wrap="nowrap">
          <NavLink component="button" type="button" label={each} active={each === chosen} onClick={() => patch({ file: each === chosen ? undefined : each })} style={{ flex: 1 }} />
          <ConfirmButton color="red" question={`Remove ${each}? Receivers that use its templates fail then.`} onConfirm={() => remove(each)}>
            Remove
          </ConfirmButton>
        </Group>
      ))}
      <Group gap="xs" align="flex-end">
        <TextInput size="xs" w={220} label="New file" placeholder="team.tmpl" value={name} error={wanted === '' ? undefined : mistake} onChange={(event) => setName(event.currentTarget.value)} />
        <Button size="xs" variant="default" disabled={wanted === '' || mistake !== undefined} onClick={add}>
          Add
        </Button>
      </Group>
    </>
  );
}
