// Loaded before the worker or the API (`node --require`): ends the process with SIGKILL at the points between two steps that a
// kill from outside seldom meets. Environment: SLUIS_CRASH as `POINT=PERCENT,…`; points:
//   before-projection, after-projection  around the statement that appends to the log
//   before-answer                        when a command's answer is ready and not sent (API)
// Standard error tells each crash: `crashed POINT`.
const { writeSync } = require('node:fs');
const { ServerResponse } = require('node:http');
const { Client } = require('pg');

const chances = new Map((process.env.SLUIS_CRASH ?? '').split(',').filter(Boolean).map((each) => {
  const [point, percent] = each.split('=');
  return [point, Number(percent)];
}));

function crash(point) {
  if (Math.random() * 100 >= (chances.get(point) ?? 0)) return;
  writeSync(2, `crashed ${point}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const { query } = Client.prototype;
Client.prototype.query = function queryOrCrash(statement, ...rest) {
  // A prepared statement is an object.
  if (!String(statement?.text ?? statement).includes('sluis_project(')) return query.call(this, statement, ...rest);
  crash('before-projection');
  const answered = (result) => {
    crash('after-projection');
    return result;
  };
  // The pool asks with a callback where it takes a connection itself.
  const told = rest.at(-1);
  if (typeof told === 'function') return query.call(this, statement, ...rest.slice(0, -1), (...result) => told(...answered(result)));
  return query.call(this, statement, ...rest).then(answered);
};

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function endOrCrash(...rest) {
  if (this.req.method === 'POST' && this.statusCode < 300) crash('before-answer');
  return end.apply(this, rest);
};
