import { Stack } from '@mantine/core';
import { useUrlState } from '../../../app/urlState';
import { Loaded } from '../../../components/states';
import type { RuleDraft } from '../../../lib/alerting/ruleYaml';
import { draftOfLoaded } from './drafts';
import { draftOfPanel, type RulePlace } from './ruleForms';
import { findRule, languageOf } from './ruleLinks';
import { RuleEditor } from './RuleEditor';
import { useLoadedGroup } from './useLoadedRules';

/** A new rule: empty, from a panel of a dashboard (`expr`, `title`, `dashboard`, `panel`), or a copy of a loaded one. */
export default function NewRulePage() {
  const { params } = useUrlState();
  const copy = params.get('copy');
  const place: RulePlace = { language: languageOf(params.get('language')), namespace: params.get('namespace') ?? '', group: params.get('group') ?? '', interval: '' };
  return copy === null ? <RuleEditor start={draftOfPanel(params)} place={place} /> : <Copy of={copy} place={place} />;
}

function Copy({ of, place }: { of: string; place: RulePlace }) {
  const [language, file = '', name = '', index] = of.split('\n');
  const copied = languageOf(language);
  const data = useLoadedGroup(copied, file, name);
  return (
    <Stack>
      <Loaded data={data}>
        {(group) => {
          const rule = group?.rules[Number(index ?? 0)];
          const found = group && rule ? findRule(group, rule.name, rule.index) : undefined;
          const start: RuleDraft = found ? draftOfLoaded(found) : draftOfPanel(new URLSearchParams());
          return <RuleEditor start={start} place={{ ...place, language: copied, group: group?.name ?? '' }} />;
        }}
      </Loaded>
    </Stack>
  );
}
