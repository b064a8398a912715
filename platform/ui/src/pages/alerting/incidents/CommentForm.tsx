import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { commentIncident } from '../../../api/alerting';
import { useAction } from '../../../app/useAction';
import { ActionFailure } from '../shared/ActionFailure';
import { useAuthor } from '../shared/useAuthor';

/** Adds a comment to an incident's timeline; Ctrl-Enter sends it. */
export function CommentForm({ id }: { id: string }) {
  const [author, setAuthor] = useAuthor();
  const [text, setText] = useState('');
  const action = useAction((access, said: string) => commentIncident(access, id, author.trim(), said), () => setText(''));
  const ready = author.trim() !== '' && text.trim() !== '';
  const send = () => {
    if (ready) action.run(text.trim());
  };
  return (
    <form
      style={{ padding: 10, borderBottom: '1px solid var(--line)' }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap={6}>
        <Textarea
          aria-label="Comment"
          placeholder="What is known, what is being done"
          size="xs"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()}
        />
        <Group gap={6}>
          <TextInput aria-label="Who" placeholder="Your name" size="xs" value={author} onChange={(event) => setAuthor(event.currentTarget.value)} style={{ flex: '1 1 120px' }} />
          <Button type="submit" size="xs" disabled={!ready} loading={action.busy}>
            Comment
          </Button>
        </Group>
        <ActionFailure action={action} />
      </Stack>
    </form>
  );
}
