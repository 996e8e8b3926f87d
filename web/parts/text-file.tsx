/** A button that takes a file of text, in whatever encoding a spreadsheet saved it. */
import { FileButton, type FileButtonProps } from '@mantine/core';
import { useRef } from 'react';
import { textIn } from '../../domain/written';

interface Props {
  readonly accept: string;
  readonly take: (text: string) => void;
  readonly children: FileButtonProps['children'];
  readonly 'aria-label'?: string;
}

export function TextFileButton({ accept, take, children, 'aria-label': label }: Props): React.JSX.Element {
  const reset = useRef<() => void>(null);
  const read = async (file: File | null): Promise<void> => {
    if (!file) return;
    const text = textIn(new Uint8Array(await file.arrayBuffer()));
    // So that the same file can be chosen again, once it is mended.
    reset.current?.();
    take(text);
  };
  return <FileButton accept={accept} resetRef={reset} onChange={(file) => void read(file)} {...(label !== undefined && { inputProps: { 'aria-label': label } })}>{children}</FileButton>;
}
