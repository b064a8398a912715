import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Access } from '../api/http';
import { useAccess } from './access';

export interface Action<I> {
  /** Begins; what happens then shows in the other fields. */
  readonly run: (input: I) => void;
  readonly busy: boolean;
  /** Of the last try, in the server's words. */
  readonly failure: { readonly message: string; readonly status: number } | undefined;
  readonly reset: () => void;
}

/** Something that a person does and that changes what the server has: afterwards all that is shown is asked for again. */
export function useAction<I, O>(act: (access: Access, input: I) => Promise<O>, done?: (output: O, input: I) => void): Action<I> {
  const { access } = useAccess();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (input: I) => act(access, input),
    onSuccess: async (output, input) => {
      await client.invalidateQueries();
      done?.(output, input);
    },
  });
  const { error } = mutation;
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    failure: error === null ? undefined : { message: error.message, status: 'status' in error && typeof error.status === 'number' ? error.status : 0 },
    reset: mutation.reset,
  };
}
