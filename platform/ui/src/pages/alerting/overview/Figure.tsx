import { Text } from '@mantine/core';
import { Link } from 'wouter';
import { useHref, type UrlPatch } from '../../../app/urlState';

interface FigureProps {
  readonly label: string;
  /** Undefined while it is not known. */
  readonly value: number | undefined;
  readonly path: string;
  readonly change?: UrlPatch;
  /** Where it is not 0. */
  readonly color?: string;
}

/** A number that leads to what it counts. */
export function Figure({ label, value, path, change, color }: FigureProps) {
  const href = useHref();
  return (
    <Link href={href(path, change)} className="card card-link" style={{ padding: '8px 12px' }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={650} {...(color !== undefined && value !== undefined && value > 0 ? { c: `var(--mantine-color-${color}-light-color)` } : {})}>
        {value === undefined ? '…' : value.toLocaleString('en')}
      </Text>
    </Link>
  );
}
