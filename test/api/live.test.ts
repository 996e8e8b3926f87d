/** Both views of a project agree after any sequence of commands. */
import { OFTEN, testBothViews } from '../support/both-views';

testBothViews([[1, '1.0.0'], [2, '1.1.0'], [3, '1.1.0'], [4, '1.1.0']], [...OFTEN, 'change-decided', 'ended on 1.0.0', 'ended on 1.2.0']);
