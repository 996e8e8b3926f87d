import type { BundleOptions } from '@temporalio/worker';

export const BUNDLE_OPTIONS: Pick<BundleOptions, 'workflowsPath' | 'preloadModules' | 'webpackConfigHook'>;
