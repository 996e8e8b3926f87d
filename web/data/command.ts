/** Sends commands: each once, however often it has to be sent. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { keepSending, sendingIn } from './kept';

type Key = { readonly 'Idempotency-Key': string };

/**
 * A command that a page gives. `send` gets the headers to send along: repeats of the same input, by itself when nothing answers or by
 * the reader, carry the same key until it is answered, so that it is carried out once.
 * @param stale keys of what was read and has changed when it is done.
 * @param done is told once it is answered.
 * @param draft name of the draft that it sends: then it is the same command after a reload too.
 */
export function useCommand<Input, Output>(send: (input: Input, headers: Key) => Promise<Output>, stale: readonly (readonly unknown[])[], done?: (output: Output, input: Input) => void, draft?: string): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  const last = useRef<{ input: string; key: string }>(undefined);
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (draft !== undefined) last.current ??= sendingIn(draft);
      if (last.current?.input !== text) last.current = { input: text, key: crypto.randomUUID() };
      if (draft !== undefined) keepSending(draft, last.current);
      return send(input, { 'Idempotency-Key': last.current.key });
    },
    onSuccess: async (output, input) => {
      last.current = undefined;
      if (draft !== undefined) keepSending(draft, undefined);
      // Before what is shown changes: whoever gave the command may not be there any more after it.
      done?.(output, input);
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
