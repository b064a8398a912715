import { ActionIcon, Tooltip } from '@mantine/core';
import { useIsFetching } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Icon } from '../../components/Icon';

/** How long no request may be under way before the page counts as complete. */
const QUIET_MS = 700;
/** The width of an A4 sheet on its side between its margins. */
const SHEET_PX = 1040;

interface Props {
  /** While true, every panel loads, in view or not. */
  readonly printing: boolean;
  readonly onChange: (printing: boolean) => void;
}

/** Prints the dashboard once all of its panels have their data. */
export function PrintButton({ printing, onChange }: Props) {
  const fetching = useIsFetching();
  useEffect(() => {
    if (!printing || fetching > 0) {
      return undefined;
    }
    const timer = window.setTimeout(() => {
      const { style, clientWidth } = document.documentElement;
      style.setProperty('--print-width', `${clientWidth}px`);
      style.setProperty('--print-zoom', String(Math.min(1, SHEET_PX / clientWidth)));
      window.print();
      onChange(false);
    }, QUIET_MS);
    return () => window.clearTimeout(timer);
  }, [printing, fetching, onChange]);
  return (
    <Tooltip label={printing ? 'Loading all panels…' : 'Print'}>
      <ActionIcon variant="default" size={30} aria-label="Print" loading={printing} onClick={() => onChange(true)}>
        <Icon name="print" />
      </ActionIcon>
    </Tooltip>
  );
}
