/** The same where each run is soon followed by another. */
import { OFTEN, testBothViews } from '../support/both-views';

testBothViews([[5, '1.1.0'], [6, '1.1.0'], [7, '1.1.0']], OFTEN, { settings: ['limit.historyCount.suggestContinueAsNew=80'] });
