import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { restoreGroup, ruleVersions, type RuleGroupVersion } from '../../../api/ruler';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { useData } from '../../../app/useData';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { Section } from '../../../components/Section';
import { Empty, Failure, Loaded } from '../../../components/states';
import type { RuleLanguage } from '../../../lib/alerting/ruleGroups';
import { formatDateTime } from '../../../lib/time';

const TextDiff = lazy(() => import('../../../components/TextDiff'));
const CHANGES: Record<RuleGroupVersion['change'], string> = { set: 'stored', delete: 'deleted', restore: 'restored' };

/** Who changed a stored group, when, and how; a former version can be stored anew. */
export function RuleVersions({ language, namespace, group }: { language: RuleLanguage; namespace: string; group: string }) {
  const data = useData(['rule versions', language, namespace, group], (access, signal) => ruleVersions(access, language, namespace, group, signal));
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const { access } = useAccess();
  const { refreshNow } = useTime();
  const queries = useQueryClient();
  const restore = async (version: number) => {
    setFailure(undefined);
    try {
      await restoreGroup(access, language, namespace, group, version);
      await queries.invalidateQueries();
      refreshNow();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Section title="Versions of the group">
      {failure !== undefined && <Failure message={failure} />}
      <Loaded data={data}>{(versions) => (versions.length === 0 ? <Empty>No version is kept.</Empty> : <Versions versions={versions} onRestore={restore} />)}</Loaded>
    </Section>
  );
}

function Versions({ versions, onRestore }: { versions: readonly RuleGroupVersion[]; onRestore: (version: number) => Promise<void> }) {
  const [opened, setOpened] = useState<number | undefined>(undefined);
  return (
    <Table verticalSpacing={6} className="stack-table">
      <Table.Tbody>
        {versions.map((version, index) => (
          <Table.Tr key={version.version} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              <Group justify="space-between" gap="xs">
                <Text size="sm">
                  Version {version.version}, {CHANGES[version.change]} {formatDateTime(Date.parse(version.at))} by {version.author}
                </Text>
                <Group gap={6}>
                  <Button size="compact-xs" variant="default" aria-expanded={opened === version.version} onClick={() => setOpened(opened === version.version ? undefined : version.version)}>
                    What changed
                  </Button>
                  {index > 0 && version.body !== '' && (
                    <ConfirmButton question={`Store version ${version.version} anew? The group is then as it was.`} onConfirm={() => onRestore(version.version)}>
                      Restore
                    </ConfirmButton>
                  )}
                </Group>
              </Group>
              {opened === version.version && (
                <Stack mt={6}>
                  <Suspense fallback={null}>
                    <TextDiff before={versions[index + 1]?.body ?? ''} after={version.body} label={`Changes of version ${version.version}`} />
                  </Suspense>
                </Stack>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
