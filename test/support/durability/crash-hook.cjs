// Loaded before the worker or the API (`node --require`): ends the process with SIGKILL at the points between two steps that a
// kill from outside seldom meets. Environment: SLUIS_CRASH as `POINT=PERCENT,…`; points:
//   before-projection, after-projection  around the statement that appends to the log
//   before-answer                        when a command's answer is ready and not sent (API)
// Standard error tells each crash: `crashed POINT`.
const { writeSync } = require('node:fs');
const { ServerResponse } = require('node:http');
const { Pool } = require('pg');

const chances = new Map((process.env.SLUIS_CRASH ?? '').split(',').filter(Boolean).map((each) => {
  const [point, percent] = each.split('=');
  return [point, Number(percent)];
}));

function crash(point) {
  if (Math.random() * 100 >= (chances.get(point) ?? 0)) return;
  writeSync(2, `crashed ${point}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const { query } = Pool.prototype;
Pool.prototype.query = function queryOrCrash(statement, ...rest) {
  // A prepared statement is an object.
  if (!(statement?.text ?? statement).includes('sluis_project(')) return query.call(this, statement, ...rest);
  crash('before-projection');
  return query.call(this, statement, ...rest).then((result) => {
    crash('after-projection');
    return result;
  });
};

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function endOrCrash(...rest) {
  if (this.req.method === 'POST' && this.statusCode < 300) crash('before-answer');
  return end.apply(this, rest);
};
