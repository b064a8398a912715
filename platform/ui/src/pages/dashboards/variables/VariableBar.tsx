import { Button, Popover, Stack } from '@mantine/core';
import type { ResolvedVariable } from '../../../lib/template/resolve';
import type { DashboardVariables } from './useDashboardVariables';
import { VariableInput } from './VariableInput';
import './variables.css';

/** The variables of a dashboard above its panels. Those that a file puts into the menu of controls are behind a button. */
export function VariableBar({ variables }: { variables: DashboardVariables }) {
  const visible = variables.inputs.filter(({ model: { hide, type } }) => hide !== 'variable' && type !== 'constant' && type !== 'system');
  const inBar = visible.filter(({ model }) => model.hide !== 'controlsMenu');
  const inMenu = visible.filter(({ model }) => model.hide === 'controlsMenu');
  if (visible.length === 0) {
    return null;
  }
  const input = (one: ResolvedVariable) => <LabelledVariable key={one.model.name} input={one} variables={variables} />;
  return (
    <div className="variable-bar" role="group" aria-label="Variables">
      {inBar.map(input)}
      {inMenu.length > 0 && (
        <Popover position="bottom-end" shadow="md" trapFocus zIndex={200}>
          <Popover.Target>
            <Button size="compact-sm" variant="default">
              More
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="xs">{inMenu.map(input)}</Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

function LabelledVariable({ input, variables }: { input: ResolvedVariable; variables: DashboardVariables }) {
  const { name, label, description, hide } = input.model;
  return (
    <div className="variable">
      {hide !== 'label' && (
        <span className="variable-label" title={description === '' ? undefined : description}>
          {label}
        </span>
      )}
      <VariableInput input={input} loading={variables.loading} onSelect={(values) => variables.select(name, values)} />
    </div>
  );
}
