import type { Action } from '../../../app/useAction';
import { Failure } from '../../../components/states';

/** Why what a person did was not done, in the server's words. */
export function ActionFailure<I>({ action }: { action: Action<I> }) {
  return action.failure === undefined ? null : <Failure message={action.failure.message} status={action.failure.status} />;
}
