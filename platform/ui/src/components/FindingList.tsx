import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LintFinding } from '../api/ruler';

/** What the lint finds, each with its reason and the corrected form. */
export function FindingList({ findings, action }: { findings: readonly LintFinding[]; action?: (finding: LintFinding) => ReactNode }) {
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {findings.map((finding, index) => (
        <li key={index}>
          <Group gap="xs" align="center">
            <Badge color={finding.severity === 'problem' ? 'red' : 'blue'} variant="light">
              {finding.severity}
            </Badge>
            <Text size="xs" c="dimmed">
              {finding.check}
            </Text>
            {action?.(finding)}
          </Group>
          <Text size="sm" className="wrap-anywhere" mt={2}>
            {finding.reason}
          </Text>
          {finding.corrected !== undefined && (
            <>
              <Text size="xs" c="dimmed" mt={4}>
                As it should be
              </Text>
              <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                {finding.corrected}
              </Code>
            </>
          )}
          {finding.corrected === undefined && finding.correctedRule !== undefined && (
            <Code block mt={4} className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
              {finding.correctedRule}
            </Code>
          )}
        </li>
      ))}
    </Stack>
  );
}
