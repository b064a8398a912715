import { Badge, Stack, Text } from '@mantine/core';
import { relabelSteps } from '../../api/prometheusStatus';
import { useData } from '../../app/useData';
import { LabelList } from '../../components/LabelList';
import { Loaded } from '../../components/states';
import type { Labels } from '../../lib/labels';

/** The rules of a pool, each with the labels that it leaves of what discovery found. */
export function Relabelling({ pool, discovered }: { pool: string; discovered: Labels }) {
  const steps = useData(['relabelling', pool, discovered], (access, signal) => relabelSteps(access, pool, discovered, signal), { refreshes: false });
  return (
    <Loaded data={steps}>
      {(list) =>
        list.length === 0 ? (
          <Text size="xs" c="dimmed">
            The pool has no relabelling rules.
          </Text>
        ) : (
          <Stack gap="xs" component="ol" m={0} pl="md">
            {list.map((step, index) => (
              <li key={index}>
                <pre className="code">{step.rule}</pre>
                {step.kept ? (
                  <LabelList labels={step.output} />
                ) : (
                  <Badge color="yellow" variant="light">
                    dropped here
                  </Badge>
                )}
              </li>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}
