import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { configurationVersions, deleteConfiguration, restoreConfiguration, type ConfigurationVersion } from '../../../api/alertmanagerConfig';
import { useAccess } from '../../../app/access';
import { useData } from '../../../app/useData';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { Section } from '../../../components/Section';
import { Empty, Failure, Loaded } from '../../../components/states';
import { formatDateTime } from '../../../lib/time';

const TextDiff = lazy(() => import('../../../components/TextDiff'));

/** Former configurations of the tenant, with what each changed; one of them can hold again. */
export default function ConfigurationVersions() {
  const { access } = useAccess();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [opened, setOpened] = useState<number | undefined>(undefined);
  const data = useData(['configuration versions'], configurationVersions);
  const attempt = async (work: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await work();
      await queries.invalidateQueries();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Section title="Versions">
      {failure !== undefined && <Failure message={failure} />}
      <Loaded data={data}>
        {(versions) =>
          versions.length === 0 ? (
            <Empty>Nothing has been set yet.</Empty>
          ) : (
            <Stack gap="xs" p="xs">
              {versions.map((version, index) => (
                <div key={version.version}>
                  <Group gap="xs" justify="space-between">
                    <Text size="sm">
                      Version {version.version}, {version.deleted ? 'deleted' : 'set'} {formatDateTime(Date.parse(version.createdAt))}
                      {index === 0 && !version.deleted && ' (holds)'}
                    </Text>
                    <Group gap={6}>
                      <Button size="compact-xs" variant="default" aria-expanded={opened === version.version} onClick={() => setOpened(opened === version.version ? undefined : version.version)}>
                        What changed
                      </Button>
                      {index > 0 && !version.deleted && (
                        <ConfirmButton question={`Let version ${version.version} hold again? It takes effect at once.`} onConfirm={() => attempt(() => restoreConfiguration(access, version.version))}>
                          Restore
                        </ConfirmButton>
                      )}
                      {index === 0 && !version.deleted && (
                        <ConfirmButton color="red" question="Delete the configuration? From then on nobody is told of this tenant’s alerts." onConfirm={() => attempt(() => deleteConfiguration(access))}>
                          Delete
                        </ConfirmButton>
                      )}
                    </Group>
                  </Group>
                  {opened === version.version && (
                    <Suspense fallback={null}>
                      <TextDiff before={textOf(versions[index + 1])} after={textOf(version)} label={`Changes of version ${version.version}`} />
                    </Suspense>
                  )}
                </div>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

/** Configuration and templates as one text, to be compared. */
function textOf(version: ConfigurationVersion | undefined): string {
  return version === undefined ? '' : [version.configuration, ...Object.entries(version.templateFiles).map(([name, text]) => `# ${name}\n${text}`)].join('\n');
}
