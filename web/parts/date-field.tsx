/** A day. Browsers take years of one to six digits: of two they are those of this century, of more than four there are none. */
import { TextInput, type TextInputProps } from '@mantine/core';

const LAST = '9999-12-31';

export function DateField({ max = LAST, onBlur, ...others }: Omit<TextInputProps, 'type'>): React.JSX.Element {
  return (
    <TextInput {...others} type="date" max={max}
      onBlur={(event) => {
        const { currentTarget: input } = event;
        const [, year, day] = /^00(\d\d)(-.*)$/.exec(input.value) ?? [];
        if (year !== undefined) {
          // As if it were typed: whoever keeps the value hears of it.
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, `20${year}${day}`);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
        onBlur?.(event);
      }} />
  );
}
