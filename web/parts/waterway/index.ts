export { NextLocks } from './next-locks';
export { reachesAhead, reachesIn, reachesOf, type Reach } from './reach';
export { SmallWaterway, Waterway } from './waterway';
