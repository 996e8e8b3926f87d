// Jest compiles each module anew for each test file. What V8 made of it at the first is kept here, for the files after it in this process.
const vm = require('node:vm');

/** Compiled code by file: its source, and what V8 made of it. */
const kept = new Map();
/** Compiled once anyway. */
const ONCE = /\.test\.ts$/;
const { compileFunction } = vm;

vm.compileFunction = (source, parameters, options) => {
  const file = options?.filename ?? '';
  if (file === '' || ONCE.test(file)) return compileFunction(source, parameters, options);
  const before = kept.get(file);
  if (before?.source === source) return compileFunction(source, parameters, { ...options, cachedData: before.data });
  const compiled = compileFunction(source, parameters, { ...options, produceCachedData: true });
  if (compiled.cachedData) kept.set(file, { source, data: compiled.cachedData });
  return compiled;
};
