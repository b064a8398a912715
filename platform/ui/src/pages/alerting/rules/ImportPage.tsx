import { Badge, Button, Checkbox, FileButton, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import '../alertingRules.css';
import { storeGroup } from '../../../api/ruler';
import { useAccess } from '../../../app/access';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Failure } from '../../../components/states';
import { count } from '../../../lib/alerting/figures';
import { LANGUAGE_NAMES, LANGUAGES, type LoadedGroup, type RuleLanguage } from '../../../lib/alerting/ruleGroups';
import { readGroupsOf, type NamedGroup } from '../../../lib/alerting/ruleYaml';
import { useLoadedRules } from './useLoadedRules';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

type Outcome = { readonly kind: 'stored' } | { readonly kind: 'refused'; readonly why: string };
type Read = { readonly groups: readonly NamedGroup[]; readonly mistake: string };

/** Stores the groups of a rule file, of PrometheusRule resources, or of another ruler. */
export default function ImportPage() {
  const { access } = useAccess();
  const queries = useQueryClient();
  const loaded = useLoadedRules();
  const [text, setText] = useState('');
  const [language, setLanguage] = useState<RuleLanguage>('promql');
  const [namespace, setNamespace] = useState('imported');
  const [leftOut, setLeftOut] = useState<readonly number[]>([]);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const read = useMemo(() => readText(text), [text]);
  const take = (next: string) => {
    setText(next);
    setLeftOut([]);
    setOutcomes(new Map());
  };
  const spaceOf = (group: NamedGroup) => (group.namespace === '' ? namespace.trim() : group.namespace);
  const store = async () => {
    setBusy(true);
    const results = new Map<number, Outcome>();
    for (const [index, group] of read.groups.entries()) {
      if (leftOut.includes(index)) continue;
      try {
        await storeGroup(access, language, spaceOf(group), group.yaml);
        results.set(index, { kind: 'stored' });
      } catch (error) {
        results.set(index, { kind: 'refused', why: error instanceof Error ? error.message : String(error) });
      }
      setOutcomes(new Map(results));
    }
    await queries.invalidateQueries();
    setBusy(false);
  };
  return (
    <Stack gap="sm">
      <PageTitle title="Import rules" />
      <AlertingTabs />
      <Text size="sm" c="dimmed">
        Paste or choose a rule file of Prometheus or Loki, PrometheusRule resources as “kubectl get -o yaml” writes them, or what another ruler lists.
      </Text>
      <Group gap="sm" align="flex-end">
        <FileButton accept=".yml,.yaml,.json,.txt" onChange={(file) => void file?.text().then(take)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              Choose a file
            </Button>
          )}
        </FileButton>
        <Select size="xs" w={130} label="Language" data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} value={language} allowDeselect={false} onChange={(value) => setLanguage((value ?? 'promql') as RuleLanguage)} />
        <TextInput size="xs" w={220} label="Namespace where the file names none" value={namespace} onChange={(event) => setNamespace(event.currentTarget.value)} />
      </Group>
      <Suspense fallback={null}>
        <TextEditor value={text} label="Rules to import" format="yaml" height="40vh" onChange={take} />
      </Suspense>
      {read.mistake !== '' && <Failure message={read.mistake} />}
      {text.trim() !== '' && read.mistake === '' && read.groups.length === 0 && <Failure message="There are no groups in this text. A rule file begins with “groups:”." />}
      {read.groups.length > 0 && (
        <>
          <GroupTable groups={read.groups} loaded={loaded.kind === 'loaded' ? loaded.value : []} language={language} spaceOf={spaceOf} leftOut={leftOut} onLeftOut={setLeftOut} outcomes={outcomes} />
          <Button size="sm" style={{ alignSelf: 'flex-start' }} loading={busy} disabled={namespace.trim() === '' || leftOut.length === read.groups.length} onClick={() => void store()}>
            Store {count(read.groups.length - leftOut.length, 'group')}
          </Button>
        </>
      )}
    </Stack>
  );
}

function readText(text: string): Read {
  try {
    return { groups: text.trim() === '' ? [] : readGroupsOf(text), mistake: '' };
  } catch (error) {
    return { groups: [], mistake: error instanceof Error ? error.message : String(error) };
  }
}

interface GroupTableProps {
  readonly groups: readonly NamedGroup[];
  readonly loaded: readonly LoadedGroup[];
  readonly language: RuleLanguage;
  readonly spaceOf: (group: NamedGroup) => string;
  readonly leftOut: readonly number[];
  readonly onLeftOut: (leftOut: readonly number[]) => void;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

function GroupTable({ groups, loaded, language, spaceOf, leftOut, onLeftOut, outcomes }: GroupTableProps) {
  const isThere = (group: NamedGroup) => loaded.some((each) => each.origin === 'api' && each.language === language && each.file === spaceOf(group) && each.name === group.name);
  return (
    <div className="card table-scroll">
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Group</Table.Th>
            <Table.Th>Namespace</Table.Th>
            <Table.Th className="numeric">Rules</Table.Th>
            <Table.Th>What happens</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group, index) => {
            const outcome = outcomes.get(index);
            return (
              <Table.Tr key={index}>
                <Table.Td>
                  <Checkbox size="xs" label={group.name === '' ? 'without a name' : group.name} checked={!leftOut.includes(index)} onChange={(event) => onLeftOut(event.currentTarget.checked ? leftOut.filter((each) => each !== index) : [...leftOut, index])} />
                </Table.Td>
                <Table.Td className="wrap-anywhere">{spaceOf(group)}</Table.Td>
                <Table.Td className="numeric">{group.rules}</Table.Td>
                <Table.Td>
                  {outcome === undefined ? (
                    <Text size="xs">{leftOut.includes(index) ? 'left out' : isThere(group) ? 'takes the place of the stored group' : 'is new'}</Text>
                  ) : outcome.kind === 'stored' ? (
                    <Badge color="teal" variant="light">
                      stored
                    </Badge>
                  ) : (
                    <Text size="xs" c="red" className="wrap-anywhere">
                      {outcome.why}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
