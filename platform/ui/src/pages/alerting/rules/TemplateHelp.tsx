import { Code, Text } from '@mantine/core';

const EXAMPLES: readonly (readonly [template: string, meaning: string])[] = [
  ['{{ $value }}', 'the value of the expression'],
  ['{{ $value | humanize }}', 'with a prefix: 1.2k'],
  ['{{ $value | humanizePercentage }}', 'a share as a percentage: 12.3%'],
  ['{{ $value | humanizeDuration }}', 'seconds as a duration: 1m 30s'],
  ['{{ $value | printf "%.2f" }}', 'with two digits'],
  ['{{ $labels.instance }}', 'a label of the series'],
  ['{{ $externalLabels.cluster }}', 'a label of this installation'],
  ['{{ with query "up{job=\'api\'}" }}{{ . | first | value }}{{ end }}', 'the value of another query'],
];

/** How labels and annotations are filled in. */
export function TemplateHelp({ labels }: { labels: readonly string[] }) {
  return (
    <details className="found">
      <summary>How templates are written</summary>
      <dl className="template-help">
        {EXAMPLES.map(([template, meaning]) => (
          <div key={template}>
            <dt>
              <Code>{template}</Code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {labels.length > 0 && (
        <Text size="xs">
          Labels of the series that match now: {labels.map((name) => `{{ $labels.${name} }}`).join('  ')}
        </Text>
      )}
    </details>
  );
}
