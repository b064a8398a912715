import { Button, CopyButton, Group, Select, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import '../alertingRules.css';
import { storedRules } from '../../../api/ruler';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { download } from '../../../components/download';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import { count } from '../../../lib/alerting/figures';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../lib/alerting/ruleGroups';
import { fileOfGroups, readGroupsOf, type NamedGroup } from '../../../lib/alerting/ruleYaml';
import { languageOf } from './ruleLinks';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

/** Stored rules as the rule file that Prometheus, Loki and `check rules` read: all of them, a namespace, or one group. */
export default function ExportPage() {
  const { params, patch } = useUrlState();
  const language = languageOf(params.get('language'));
  const data = useData(['stored rules', language], (access, signal) => storedRules(access, language, signal), { refreshes: false });
  return (
    <Stack gap="sm">
      <PageTitle title="Export rules" />
      <AlertingTabs />
      <Text size="sm" c="dimmed">
        These are the rules that are stored here. Rules of files are in their files already.
      </Text>
      <Select size="xs" w={160} label="Language" data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} value={language} allowDeselect={false} onChange={(value) => patch({ language: value ?? undefined, namespace: undefined, group: undefined })} />
      <Loaded data={data}>{(text) => <Chosen groups={readGroupsOf(text)} />}</Loaded>
    </Stack>
  );
}

function Chosen({ groups }: { groups: readonly NamedGroup[] }) {
  const { params, patch } = useUrlState();
  const namespace = params.get('namespace') ?? '';
  const group = params.get('group') ?? '';
  const inNamespace = groups.filter((each) => namespace === '' || each.namespace === namespace);
  const chosen = inNamespace.filter((each) => group === '' || each.name === group);
  if (groups.length === 0) {
    return (
      <div className="card">
        <Empty>No rules of this language are stored here.</Empty>
      </div>
    );
  }
  const yaml = fileOfGroups(chosen.map((each) => each.yaml));
  const name = `${[namespace || 'rules', group].filter((part) => part !== '').join('-').replace(/[^\w.-]+/g, '_')}.yml`;
  return (
    <>
      <Group gap="sm" align="flex-end">
        <Select size="xs" w={220} label="Namespace" placeholder="all" clearable data={[...new Set(groups.map((each) => each.namespace))]} value={namespace === '' ? null : namespace} onChange={(value) => patch({ namespace: value ?? undefined, group: undefined })} />
        <Select size="xs" w={220} label="Group" placeholder="all" clearable data={[...new Set(inNamespace.map((each) => each.name))]} value={group === '' ? null : group} onChange={(value) => patch({ group: value ?? undefined })} />
        <Button size="xs" onClick={() => download(name, yaml, 'application/yaml')}>
          Download {name}
        </Button>
        <CopyButton value={yaml}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Text size="xs" c="dimmed">
          {count(chosen.length, 'group')}
        </Text>
      </Group>
      <Suspense fallback={null}>
        <TextEditor value={yaml} label="Rule file" format="yaml" height="60vh" />
      </Suspense>
    </>
  );
}
