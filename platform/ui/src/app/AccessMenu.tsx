import { ActionIcon, Button, Group, Indicator, PasswordInput, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/Icon';
import { isTenantId, useAccess } from './access';

/** Chooses the tenant whose data is shown, and holds the token where the server wants one. */
export function AccessMenu() {
  const { access } = useAccess();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={access.tenant ? `Tenant ${access.tenant}` : 'Tenant and token'}>
          <Indicator disabled={!access.tenant && !access.token} size={8} offset={3}>
            <ActionIcon variant="default" size={30} aria-label="Tenant and token" onClick={() => setOpened(!opened)}>
              <Icon name="user" />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <AccessForm key={`${access.tenant}-${access.token}`} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AccessForm({ onDone }: { onDone: () => void }) {
  const { access, setTenant, setToken } = useAccess();
  const [tenant, editTenant] = useState(access.tenant ?? '');
  const [token, editToken] = useState(access.token ?? '');
  const wrong = tenant !== '' && !isTenantId(tenant);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong) return;
        setToken(token === '' ? undefined : token);
        setTenant(tenant === '' ? undefined : tenant);
        onDone();
      }}
    >
      <Stack gap="xs">
        <TextInput
          label="Tenant"
          placeholder="that of the credential"
          value={tenant}
          onChange={(event) => editTenant(event.currentTarget.value)}
          error={wrong ? 'Up to 64 letters, digits, _ and -' : undefined}
        />
        <PasswordInput
          label="Token"
          placeholder="not needed from this machine"
          value={token}
          onChange={(event) => editToken(event.currentTarget.value.trim())}
          autoComplete="off"
        />
        <Text size="xs" c="dimmed">
          The token is kept in this tab only.
        </Text>
        <Group justify="flex-end">
          <Button size="xs" type="submit" disabled={wrong}>
            Apply
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
