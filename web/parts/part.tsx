/** A part of the pages that is loaded when it is needed. One that does not come, or breaks, leaves what stands around it; it is loaded anew once there is a connection again. */
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, lazy, useState, type ComponentProps, type ComponentType, type LazyExoticComponent } from 'react';
import { read, write } from '../data/kept';
import { ProblemAlert } from './problem';

interface BoundaryProps {
  /** Before it is tried again. */
  readonly renew: () => void;
  readonly children: React.ReactNode;
}

class Boundary extends Component<BoundaryProps, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  readonly again = (): void => {
    this.props.renew();
    this.setState({ error: undefined });
  };

  override render(): React.ReactNode {
    return this.state.error ? <ProblemAlert error={this.state.error} again={this.again} /> : this.props.children;
  }
}

/** Where the server answers but a part is not there, the pages are of a version that is gone: they are loaded anew, once. */
async function reloadIfGone(error: unknown): Promise<void> {
  const name = `sluis-gone ${String(error)}`;
  if (!navigator.onLine || read(name) !== undefined) return;
  const answers = await fetch('/', { method: 'HEAD' }).then(({ ok }) => ok, () => false);
  if (!answers) return;
  write(name, 'true');
  window.location.reload();
}

/** @param name of the component in the module. */
// oxlint-disable-next-line typescript/no-explicit-any -- whatever the component takes
export function part<Name extends string, Module extends Readonly<Record<Name, ComponentType<any>>>>(load: () => Promise<Module>, name: Name): ((props: ComponentProps<Module[Name]>) => React.JSX.Element) & { readonly preload: () => Promise<void> } {
  let ready: Module[Name] | undefined;
  const loaded = async (): Promise<{ default: Module[Name] }> => {
    const module = await load();
    ready = module[name];
    return { default: module[name] };
  };
  const begin = (): LazyExoticComponent<Module[Name]> => lazy(() => loaded().catch(async (error: unknown) => {
    await reloadIfGone(error);
    throw error;
  }));
  let coming = begin();
  function Part(props: ComponentProps<Module[Name]>): React.JSX.Element {
    const queries = useQueryErrorResetBoundary();
    const [Shown, show] = useState<Module[Name] | LazyExoticComponent<Module[Name]>>(() => ready ?? coming);
    const renew = (): void => {
      queries.reset();
      // What failed to load stays so in what React made of it.
      if (!ready) coming = begin();
      show(() => ready ?? coming);
    };
    return <Boundary renew={renew}><Shown {...props} /></Boundary>;
  }
  // Whether it comes shows when it is needed.
  return Object.assign(Part, { preload: () => loaded().then(() => undefined, () => undefined) });
}
