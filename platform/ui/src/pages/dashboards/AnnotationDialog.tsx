import { Button, Group, Modal, Stack, Switch, TagsInput, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteAnnotation, saveAnnotation } from '../../api/annotations';
import { useAccess } from '../../app/access';
import { useTime } from '../../app/time';
import { Failure } from '../../components/states';
import { formatDateTime, type AbsoluteRange } from '../../lib/time';
import { useDashboard } from './dashboardContext';
import type { Annotation } from './panels/panel';

interface Props {
  readonly panelId: number;
  readonly range: AbsoluteRange;
  readonly onClose: () => void;
}

/** How near an annotation must be to be offered for removal, as a share of the range in view. */
const NEAR = 0.02;

/** Writes an annotation for a moment or a stretch, of one panel or of the whole dashboard, and removes those that are there. */
export default function AnnotationDialog({ panelId, range, onClose }: Props) {
  const { access } = useAccess();
  const { timeZone, refreshNow, absolute } = useTime();
  const { uid, annotationsFor } = useDashboard();
  const [text, setText] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [ofPanel, setOfPanel] = useState(false);
  const done = () => {
    refreshNow();
    onClose();
  };
  const save = useMutation({
    mutationFn: () => saveAnnotation(access, { dashboardUid: uid, panelId: ofPanel ? panelId : 0, timeMs: range.fromMs, timeEndMs: range.toMs, text, tags }),
    onSuccess: done,
  });
  const remove = useMutation({ mutationFn: (id: number) => deleteAnnotation(access, id), onSuccess: done });
  const reachMs = (absolute.toMs - absolute.fromMs) * NEAR;
  const near = annotationsFor(panelId).filter((event) => isStored(event) && event.timeMs <= range.toMs + reachMs && event.timeEndMs >= range.fromMs - reachMs);
  const moment = range.fromMs === range.toMs;
  const failure = save.error ?? remove.error;
  return (
    <Modal opened onClose={onClose} title="Annotation" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') save.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{moment ? formatDateTime(range.fromMs, timeZone) : `${formatDateTime(range.fromMs, timeZone)} to ${formatDateTime(range.toMs, timeZone)}`}</Text>
          <Textarea label="What happened" value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={2} required data-autofocus />
          <TagsInput label="Tags" description="Other dashboards can show annotations by their tags." value={tags} onChange={setTags} />
          <Switch label="For this panel only" checked={ofPanel} onChange={(event) => setOfPanel(event.currentTarget.checked)} />
          {failure && <Failure message={failure.message} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={text.trim() === ''}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
      {near.length > 0 && (
        <Stack gap={4} mt="md">
          <Text size="sm" fw={600}>
            Already here
          </Text>
          {near.map((event) => (
            <Group key={event.id} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" className="wrap-anywhere">
                {formatDateTime(event.timeMs, timeZone)} {event.text}
              </Text>
              <Button size="compact-xs" variant="default" loading={remove.isPending && remove.variables === event.id} onClick={() => event.id !== undefined && remove.mutate(event.id)}>
                Delete
              </Button>
            </Group>
          ))}
        </Stack>
      )}
    </Modal>
  );
}

/** Events that follow from data have no number of their own, or a negative one. */
function isStored(event: Annotation): boolean {
  return event.id !== undefined && event.id > 0;
}
