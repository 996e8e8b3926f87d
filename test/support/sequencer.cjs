const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose files take longest, first: one that began last would be waited for alone. Jest knows how long a file takes only where it ran before. */
const FIRST = ['library', 'durability', 'demo', 'embedded', 'cli'];
/** These take all the processors that they can get: they have others beside them, not each other. */
const HUNGRY = 'web';

const folderOf = ({ path: file }) => path.relative(path.dirname(__dirname), file).split(path.sep)[0];
const rankOf = (test) => (FIRST.includes(folderOf(test)) ? FIRST.indexOf(folderOf(test)) : FIRST.length);

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const hungry = sorted.filter((test) => folderOf(test) === HUNGRY);
    const others = sorted.filter((test) => folderOf(test) !== HUNGRY).sort((a, b) => rankOf(a) - rankOf(b));
    return [...others.flatMap((test, index) => [test, ...hungry.slice(index, index + 1)]), ...hungry.slice(others.length)];
  }
};
