import { lintText } from '../../../api/ruler';
import { useData } from '../../../app/useData';
import { FindingList } from '../../../components/FindingList';
import { Section } from '../../../components/Section';
import { Empty, Loaded } from '../../../components/states';
import type { LoadedGroup, LoadedRule } from '../../../lib/alerting/ruleGroups';
import { ruleFile } from '../../../lib/alerting/ruleYaml';
import { draftOfLoaded } from './drafts';

/** What the lint finds in this rule with the tenant's series. */
export function RuleLint({ group, rule }: { group: LoadedGroup; rule: LoadedRule }) {
  const text = ruleFile(draftOfLoaded(rule), { name: group.name, interval: `${group.intervalSeconds}s` });
  const data = useData(['rule lint', text], (access, signal) => lintText(access, text, signal), { refreshes: false });
  return (
    <Section title="Lint">
      <div style={{ padding: 8 }}>
        <Loaded data={data}>{(findings) => (findings.length === 0 ? <Empty>Nothing is wrong with this rule, as far as can be told.</Empty> : <FindingList findings={findings} />)}</Loaded>
      </div>
    </Section>
  );
}
