// Loaded with --require: writes a CPU profile of its process into the folder BENCH_PROFILE when the process ends.
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');

const folder = process.env.BENCH_PROFILE;
const script = process.argv[1] ?? '';
if (folder && require('node:worker_threads').isMainThread && /(worker|api)[\\/]main\.js$/.test(script)) {
  const session = new inspector.Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.on('exit', () => {
    session.post('Profiler.stop', (error, result) => {
      if (error) return;
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, `${path.basename(path.dirname(script))}-${process.pid}.cpuprofile`), JSON.stringify(result.profile));
    });
  });
}
