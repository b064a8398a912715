import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { storedGroup } from '../../../api/ruler';
import { useHref, useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import { readRules, readSettings } from '../../../lib/alerting/ruleYaml';
import { languageOf } from './ruleLinks';
import { RuleEditor } from './RuleEditor';

/** Changes a rule that is stored by the ruler API. */
export default function EditRulePage() {
  const { params } = useUrlState();
  const language = languageOf(params.get('language'));
  const namespace = params.get('namespace') ?? '';
  const group = params.get('group') ?? '';
  const index = Number(params.get('index') ?? 0);
  const data = useData(['stored group', language, namespace, group], (access, signal) => storedGroup(access, language, namespace, group, signal), { refreshes: false });
  return (
    <Loaded data={data} height={200}>
      {(text) => {
        const rule = text === '' ? undefined : readRules(text)[index];
        if (!rule) {
          return <NotStored group={group} namespace={namespace} />;
        }
        const place = { language, namespace, group, interval: readSettings(text).interval };
        return <RuleEditor key={`${language} ${namespace} ${group} ${index}`} start={rule} place={place} opened={{ place, index, name: rule.name }} />;
      }}
    </Loaded>
  );
}

function NotStored({ group, namespace }: { group: string; namespace: string }) {
  const href = useHref();
  return (
    <>
      <PageTitle title="Edit a rule" />
      <AlertingTabs />
      <div className="card">
        <Empty>
          The group “{group}” of the namespace “{namespace}” is not stored here. Rules of files are changed in their file, or copied:{' '}
          <Anchor component={Link} href={href('/alerting/rules')} inherit underline="always">
            all rules
          </Anchor>
          .
        </Empty>
      </div>
    </>
  );
}
