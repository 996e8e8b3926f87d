/** Since which rules the shell does what: a run keeps to those that it follows. */

/** The rules since which a process opens before it hears messages. */
export const OPENS_FIRST = 2;
/** The rules since which a run ends only when its last events are settled. */
export const ENDS_SETTLED = 3;
/** The rules since which the answer to a command says whether it is projected. */
export const ANSWERS_PROJECTED = 8;
/** The rules since which an answer may hand out what is to be projected. */
export const HANDS_OUT = 9;
/**
 * The rules since which there is one loop, which does all that there is to do in the same order. What came in one workflow task may come in two when
 * it is replayed, if the first of them had brought about nothing (temporalio/sdk-rust#1146): loops beside each other then gave commands
 * in another order.
 */
export const ONE_ORDER = 9;
/** The rules since which messages to the parent go together. */
export const SENDS_TOGETHER = 10;
/**
 * The rules since which a step is taken when all that came in the workflow task has been heard to its end: whether an effect, a timer or a batch under way
 * had ended was otherwise seen before a command or after it, as the tasks were put together (see ONE_ORDER).
 */
export const HEARS_ALL = 12;
/**
 * The rules since which a workflow task leaves a command if anything happened in it that no command of people brought about. One with which somebody asks for the state ends before
 * its batch: without any command a replay puts it together with the next, and what happened has the time of that. And since which what comes in that next one waits for the end of the batch.
 */
export const KEEPS_TIME = 13;
/**
 * The rules since which a run looks at the time, and at whether it has become long, only in workflow tasks that leave a command for certain: with a command that was accepted, events, an effect that begins, a timer or the end of a batch. One with
 * which nothing came but what is refused stands in the history only if the run does something in it, and is then not replayed: the worker takes it for one that was only to gain time. Nor is
 * one that leaves no command the same in a replay: it may be put together with the next.
 */
export const FOLLOWS_HISTORY = 15;
