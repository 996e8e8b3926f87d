// In a folder of its own: the generator needs an older compiler than ours, which is installed here.
export * from 'openapi-typescript';
export { default } from 'openapi-typescript';
