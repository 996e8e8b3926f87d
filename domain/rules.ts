/**
 * The version of what `decide`, `evolve`, `due` and `react` answer. Every run carries the one it follows; raise it with a change
 * to any of those answers, and keep the old behaviour while runs have the old number. A run takes the newest when it rolls over.
 */
export const RULES = 16;

/** The rules that a run follows; the newest where nothing says so. */
export const rulesOf = ({ rules = RULES }: { readonly rules?: number }): number => rules;

/** One entry per version: what changed. */
export const RULES_HISTORY: Readonly<Record<number, string>> = {
  1: 'first rules',
  2: 'a process opens before it hears messages that came before its first task',
  3: 'a run whose last events came about in the workflow task under way ends in the next one',
  4: 'what approvers are shown is digested anew when the backlog stands otherwise',
  5: 'a handover outlives its project for as long as a condition of a service that operations run is not met, tells when a service loses its owner, and has who takes a leaver\'s place on duty',
  6: 'an event of a sprint is not planned for a day that is over',
  7: 'a sign-off that is open ends when its service is handed back',
  8: 'the answer to a command waits for its projection and says so',
  9: 'the answer to one of several commands in a row hands out what is to be projected',
  10: 'messages to the parent that wait together are sent together, and only phases that wait for another hear how far it is',
  11: 'who delivered a task does not send it back either, but takes it back',
  12: 'a run takes its next step when all that came in a workflow task has been heard to its end, and one that follows another leaves a trace in its first task',
  13: 'what happens keeps its time in a replay: it leaves a note where no person commanded it, and waits for the end of a batch that an earlier workflow task began',
  14: 'what could not be done with the others is told with the facts of its refusal, and nobody is told of what they did themselves by way of a role',
  15: 'a run looks at the time, and at its length, when something has come that leaves its trace in the history, and not while it refuses something',
  16: 'what was decided stands: a stop against the rework of a gate beside it, conditions whose voter left after the step, those of a support that ended; and what nobody decided does not: votes by a role that is lost, changes that no longer are what was approved, one person\'s waiver by two names; after a hold as many working days are left as there were, and a sprint knows its scope',
};

/** The rules since which the digest of a gate never stays what it was when the backlog stands otherwise. */
export const DIGESTS_BACKLOG = 4;
/** The rules since which a handover outlives its project with its conditions, and follows who goes. */
export const OUTLIVES = 5;
/** The rules since which an event of a sprint is planned from today on. */
export const PLANS_AHEAD = 6;
/** The rules since which nobody is asked to sign what was handed back meanwhile. */
export const UNASKS = 7;
/** The rules since which only a stage that waits for another phase hears how far that is. */
export const TELLS_WHO_WAITS = 10;
/** The rules since which only another sends back what somebody delivered. */
export const OTHERS_SEND_BACK = 11;
/** The rules since which what is refused among many has the facts of its refusal: who has it, what it waits for. */
export const TELLS_FACTS = 14;
/** The rules since which nobody is told of what they did themselves, by way of a role either. */
export const LEAVES_ACTORS_OUT = 14;
/** The rules since which the rework of one gate does not undo what another one stopped. */
export const STOPS_FOR_GOOD = 16;
/** The rules since which an approved change is looked at again before it takes effect. */
export const JUDGES_AGAIN = 16;
/** The rules since which the proposal of a waiver says through whom it came. */
export const NAMES_PROPOSER = 16;
/** The rules since which a condition of an acceptance has a number that no other one of the service has. */
export const NUMBERS_ON = 16;
/** The rules since which a vote falls with the role through which it was given, and its conditions stand where its step is through. */
export const VOTES_BY_ROLE = 16;
/** The rules since which those who were added to a step only help to reach its majority. */
export const ADDED_HELP = 16;
/** The rules since which a rung is told to delegates, too. */
export const TELLS_DELEGATES = 16;
/** The rules since which who stands in for a service owner is found among those who sign for that service. */
export const SIGNS_FOR_ONE = 16;
/** The rules since which what is due after a hold has as many working days left as it had. */
export const KEEPS_DAYS = 16;
/** The rules since which a sprint knows which cards were in its scope when it started. */
export const KEEPS_SCOPE = 16;
/** The rules since which a project hears who is in the place of somebody who left, and not who was before they left, too. */
export const FINDS_SUCCESSOR = 16;
