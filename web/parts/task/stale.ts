/** What has to be read again when something was done with a task: lists of mine, and all of its project. */
export const staleAfterTask = (project: string): readonly (readonly unknown[])[] => [['tasks'], ['approvals'], ['project', project], ['portfolio']];
