import { Button, CopyButton, Group, Stack } from '@mantine/core';
import { platformStatus } from '../../api/platform';
import { configYaml } from '../../api/prometheusStatus';
import { useData } from '../../app/useData';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { Empty, Loaded } from '../../components/states';
import { StatusTabs } from '../../components/StatusTabs';
import { Configuration } from '../status/Configuration';

/** The configuration that is in force, and what in it has no effect. */
export default function ConfigPage() {
  return (
    <Stack gap="md">
      <PageTitle title="Configuration" />
      <StatusTabs />
      <Loaded data={useData(['status'], platformStatus)}>{(status) => <Configuration files={status.configurationFiles} restartNeeds={status.restartNeeds} />}</Loaded>
      <Section title="prometheus.yml as it is in force">
        <Loaded data={useData(['config'], configYaml)}>
          {(yaml) =>
            yaml === '' ? (
              <Empty>None is named. Put “files: prometheus” into ghostworks.yml to scrape, evaluate rules and label what leaves.</Empty>
            ) : (
              <>
                <Group justify="flex-end" p={6}>
                  <CopyButton value={yaml}>
                    {({ copied, copy }) => (
                      <Button size="compact-xs" variant="default" onClick={copy}>
                        {copied ? 'Copied' : 'Copy'}
                      </Button>
                    )}
                  </CopyButton>
                </Group>
                <pre className="code">{yaml}</pre>
              </>
            )
          }
        </Loaded>
      </Section>
    </Stack>
  );
}
