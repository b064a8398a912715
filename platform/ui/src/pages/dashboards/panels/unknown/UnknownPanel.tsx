import { Text } from '@mantine/core';
import type { PanelProps } from '../panel';
import TablePanel from '../table/TablePanel';

const WORDS_PX = 22;
const MAX_TYPE_CHARS = 100;

/** The data of a panel whose type nothing here draws: as a table, which says so. */
export default function UnknownPanel(props: PanelProps) {
  return (
    <>
      <Text size="xs" c="dimmed" className="wrap-anywhere">
        Panels of type “{props.panel.type.slice(0, MAX_TYPE_CHARS)}” are not drawn; this is the panel's data as a table.
      </Text>
      <TablePanel {...props} height={props.height - WORDS_PX} />
    </>
  );
}
