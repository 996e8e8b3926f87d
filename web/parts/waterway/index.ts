export { NextLocks } from './next-locks';
export { reachesOf, type Reach } from './reach';
export { SmallWaterway, Waterway } from './waterway';
