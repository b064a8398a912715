import { expect, it } from 'vitest';
import { Slots } from './slots';

it('lets in so many, in order, and forgets those that are cancelled', async () => {
  const slots = new Slots(2);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const work = (id: number, signal?: AbortSignal) =>
    slots.run(() => {
      started.push(id);
      return new Promise<number>((resolve) => finish.push(() => resolve(id)));
    }, signal);
  const cancel = new AbortController();
  const first = work(1);
  const second = work(2);
  const third = work(3, cancel.signal);
  const fourth = work(4);
  await Promise.resolve();
  expect(started).toEqual([1, 2]);
  cancel.abort();
  await expect(third).rejects.toThrow('cancelled');
  finish[0]?.();
  await first;
  await Promise.resolve();
  expect(started).toEqual([1, 2, 4]);
  finish[1]?.();
  finish[2]?.();
  expect(await Promise.all([second, fourth])).toEqual([2, 4]);
  await expect(work(5, cancel.signal)).rejects.toThrow('cancelled');
});
