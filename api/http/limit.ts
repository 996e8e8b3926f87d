/** Thrown by `withLimit`. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** The promise's result, or `TimeLimitError` after so many milliseconds; what then still comes of the promise is dropped. */
export async function withLimit<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TimeLimitError(`no answer within ${ms} ms`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
