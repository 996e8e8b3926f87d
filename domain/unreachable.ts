/** Makes the compiler prove that a union was handled to the end. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
