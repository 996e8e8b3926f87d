/** Links to rooms of ours, dressed as the library's. */
import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { readonly ref?: Ref<HTMLAnchorElement> };

function PlainLink(props: AnchorProps & Html): React.JSX.Element {
  return <Anchor {...props} />;
}

function PlainButton(props: ButtonProps & Omit<Html, keyof ButtonProps>): React.JSX.Element {
  return <Button component="a" {...props} />;
}

export const RoomLink = createLink(PlainLink);
export const RoomButton = createLink(PlainButton);
