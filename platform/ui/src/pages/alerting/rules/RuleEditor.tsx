import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import '../alertingRules.css';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { useHref } from '../../../app/urlState';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { PageTitle } from '../../../components/PageTitle';
import { Failure } from '../../../components/states';
import type { RuleDraft } from '../../../lib/alerting/ruleYaml';
import { PreviewPanel } from './PreviewPanel';
import { RuleForm } from './RuleForm';
import { cleaned, missingIn, storedPlaces, type RulePlace } from './ruleForms';
import { ruleLink } from './ruleLinks';
import { RuleVersions } from './RuleVersions';
import { deleteRule, saveRule, type OpenedRule } from './saveRule';
import { useLoadedRules } from './useLoadedRules';

interface RuleEditorProps {
  readonly start: RuleDraft;
  readonly place: RulePlace;
  /** The stored rule that is changed; a new one without. */
  readonly opened?: OpenedRule;
}

/** Makes a rule or changes one, beside what it would do. */
export function RuleEditor({ start, place: startPlace, opened }: RuleEditorProps) {
  const [draft, setDraft] = useState(start);
  const [place, setPlace] = useState(startPlace);
  const [labels, setLabels] = useState<readonly string[]>([]);
  const saving = useSaving(opened);
  const loaded = useLoadedRules();
  const { refreshNow } = useTime();
  const places = storedPlaces(loaded.kind === 'loaded' ? loaded.value : [], place.language, place.namespace);
  const clean = cleaned(draft);
  const missing = missingIn(clean, place);
  const moved = opened !== undefined && (opened.place.namespace !== place.namespace.trim() || opened.place.group !== place.group.trim() || opened.place.language !== place.language);
  return (
    <Stack gap="sm">
      <PageTitle title={opened ? `Edit ${opened.name}` : 'New rule'} />
      <AlertingTabs />
      <div className="rule-editor">
        <Stack gap="sm" className="card" p="sm" component="section" aria-label="The rule">
          <RuleForm draft={draft} place={place} onDraft={setDraft} onPlace={setPlace} onRun={refreshNow} namespaces={places.namespaces} groups={places.groups} labels={labels} />
          {saving.failure !== undefined && <Failure message={saving.failure} />}
          {moved && (
            <Text size="sm" c="dimmed">
              The rule moves to another group: its alerts there begin anew.
            </Text>
          )}
          <Group gap="xs">
            <Button size="sm" loading={saving.busy} disabled={missing.length > 0} onClick={() => void saving.save(clean, place)}>
              Save
            </Button>
            {opened && (
              <ConfirmButton size="xs" color="red" question={`Delete the rule ${opened.name}? Its alerts are over then.`} onConfirm={saving.remove}>
                Delete
              </ConfirmButton>
            )}
            <Text size="xs" c="dimmed" role="status">
              {missing.join(' ')}
            </Text>
          </Group>
        </Stack>
        <PreviewPanel draft={draft} place={place} onExpression={(expr) => setDraft({ ...draft, expr })} onLabels={setLabels} />
      </div>
      {opened && <RuleVersions language={opened.place.language} namespace={opened.place.namespace} group={opened.place.group} />}
    </Stack>
  );
}

function useSaving(opened: OpenedRule | undefined) {
  const { access } = useAccess();
  const href = useHref();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<string>) => {
    setFailure(undefined);
    setBusy(true);
    try {
      const target = await work();
      await queries.invalidateQueries();
      navigate(target);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    failure,
    busy,
    save: (draft: RuleDraft, place: RulePlace) =>
      attempt(async () => {
        const index = await saveRule(access, draft, place, opened);
        return href(...ruleLink({ language: place.language, file: place.namespace.trim(), name: place.group.trim() }, { name: draft.name, index }));
      }),
    remove: () =>
      attempt(async () => {
        if (opened) await deleteRule(access, opened);
        return href('/alerting/rules');
      }),
  };
}
