import { WorkflowNotFoundError } from '@temporalio/client';

const GRPC_NOT_FOUND = 5;

/** Whether the server has no such workflow, or none any more. The client has an error for that, but passes gRPC's own on for histories and for calls to the service itself. */
export const isNotFound = (error: unknown): boolean => error instanceof WorkflowNotFoundError || (error as { code?: unknown }).code === GRPC_NOT_FOUND;
