import { Badge, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAccess } from '../../../app/access';
import { useTime } from '../../../app/time';
import { Failure } from '../../../components/states';
import { readVariable } from '../../../lib/dashboard/read';
import { string, type Json } from '../../../lib/json';
import { resolveVariables } from '../../../lib/template/resolve';
import { askVariable } from '../variables/askVariable';

const WAIT_MS = 500;
const SHOWN_MAX = 100;

/** The values that a variable offers now, with the variables that it refers to at the values they were saved with. */
export function VariablePreview({ variables, index }: { variables: readonly Json[]; index: number }) {
  const { access } = useAccess();
  const { absolute, range } = useTime();
  const [settled] = useDebouncedValue(variables, WAIT_MS);
  const name = string(settled[index]?.['name']);
  const { data, error, isFetching } = useQuery({
    queryKey: ['variable-preview', access.tenant, access.token, settled, index, range.from, range.to],
    queryFn: async ({ signal }) => {
      const found = await resolveVariables(settled.map(readVariable), {
        range: absolute,
        scope: { range: absolute, rawRange: range },
        wanted: () => undefined,
        ask: (source, query) => askVariable(access, source, query, absolute, signal),
      });
      return found[index];
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  const failure = error?.message ?? data?.failure;
  const options = data?.options ?? [];
  return (
    <Stack gap={4} role="region" aria-label={`Values of ${name}`} aria-busy={isFetching}>
      <Text size="sm" fw={600}>
        {failure !== undefined ? 'Values' : data === undefined ? 'Values: asking …' : `Values: ${options.length}`}
      </Text>
      {failure !== undefined && <Failure message={failure} />}
      {failure === undefined && data !== undefined && options.length === 0 && (
        <Text size="sm" c="dimmed">
          There are none in the dashboard’s time range.
        </Text>
      )}
      {options.length > 0 && (
        <Group gap={4} className="edit-values" tabIndex={0} role="group" aria-label="Offered values">
          {options.slice(0, SHOWN_MAX).map(({ text, value }) => (
            <Badge key={value} variant="default" tt="none" title={value}>
              {text}
            </Badge>
          ))}
          {options.length > SHOWN_MAX && <Text size="xs">and {options.length - SHOWN_MAX} more</Text>}
        </Group>
      )}
    </Stack>
  );
}
