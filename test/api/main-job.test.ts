/** A project from its start to its end over HTTP: what each person sees and may do. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const task = (project: string, phase: string, key: string, verb = '') => `/projects/${project}/phases/${phase}/tasks/${key}${verb && `/${verb}`}`;

async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  await eventually(async () => await check() || undefined, what);
}

test('a project goes from its start through a gate sent back, a condition and two votes to its end', async () => {
  const { call } = product;
  const started = await call('olga', 'POST', '/projects', { name: 'Move the finance applications', template: 'small', roles: SMALL_ROLES });
  expect(started.status).toBe(201);
  const { id } = started.body;
  expect(started.headers.get('location')).toBe(`/api/v1/projects/${id}`);
  expect(started.body.events[0]).toMatchObject({ seq: 1, type: 'project-started' });

  await until(async () => (await call('eva', 'GET', '/tasks?mine=true')).body.items.length > 0, 'my tasks');
  const mine = (await call('eva', 'GET', '/tasks?mine=true', undefined, { headers: { 'Accept-Language': 'nl-BE, en;q=0.5' } })).body.items;
  expect(mine.find((each: { task: string }) => each.task === 'draw')).toMatchObject({
    projectName: 'Move the finance applications', name: 'draw (nl)', phaseName: 'design (nl)', role: { key: 'engineer', name: 'engineer (nl)' },
  });

  expect((await call('eva', 'POST', task(id, 'design', 'draw', 'claim'))).status).toBe(200);
  expect((await call('edo', 'POST', task(id, 'design', 'draw', 'complete'), { evidence: DRAWN })).body).toMatchObject({ status: 409, code: 'task-claimed-by-other' });
  const wrong = await call('eva', 'POST', task(id, 'design', 'draw', 'complete'), { evidence: { pages: 0, kind: 'other', page: 'nowhere' } });
  expect(wrong.status).toBe(422);
  const refused = await call('eva', 'POST', task(id, 'design', 'draw', 'complete'), { evidence: { pages: 0, kind: 'other' } });
  expect(refused.body.code).toBe('evidence-invalid');
  expect(refused.body.errors).toEqual(expect.arrayContaining([
    expect.objectContaining({ pointer: '/evidence/drawing', code: 'required' }),
    expect.objectContaining({ pointer: '/evidence/pages', code: 'range' }),
    expect.objectContaining({ pointer: '/evidence/kind', code: 'choice' }),
  ]));
  const drawn = await call('eva', 'POST', task(id, 'design', 'draw', 'complete'), { evidence: { ...DRAWN, note: 'Looks right.', sure: true, day: '2026-11-23' } });
  expect(drawn.status).toBe(200);
  const seen = await call('sam', 'GET', task(id, 'design', 'draw'));
  expect(seen.body).toMatchObject({ status: 'done', doneBy: { id: 'eva', name: 'EVA' }, evidence: { drawing: DRAWN.drawing, note: 'Looks right.', pages: 3 } });

  expect((await call('edo', 'POST', task(id, 'design', 'check', 'complete'), {})).status).toBe(200);
  const approval = async (person: string) => {
    await until(async () => (await call(person, 'GET', '/approvals?mine=true')).body.items.length > 0, `an approval for ${person}`);
    const [item] = (await call(person, 'GET', '/approvals?mine=true')).body.items;
    return (await call(person, 'GET', `/approvals/${encodeURIComponent(item.id)}`)).body;
  };
  let open = await approval('sam');
  expect(open).toMatchObject({ gate: 'design-gate', evidenceIsCurrent: true, waitingFor: [{ id: 'sam', name: 'SAM' }, { id: 'sol', name: 'SOL' }] });
  expect(open.evidence[0].evidence.drawing.name).toBe('Drawing 1');
  const blocked = (await call('mia', 'GET', `/projects/${id}`)).body.blocking.find((each: { phase: string }) => each.phase === 'design');
  expect(blocked.votes.map((each: { person: { id: string } }) => each.person.id)).toEqual(['sam', 'sol']);
  const decide = (who: string, which: { id: string; digest: string }, body: object) =>
    call(who, 'POST', `/approvals/${encodeURIComponent(which.id)}/decide`, { digest: which.digest, ...body });

  expect((await decide('sam', open, { outcome: 'rework', rework: ['draw'] })).body).toMatchObject({ code: 'reason-required', status: 422 });
  expect((await decide('mia', open, { outcome: 'approve' })).body).toMatchObject({ status: 403, code: 'not-in-electorate', facts: { roles: ['board'] } });
  expect((await decide('sam', open, { outcome: 'rework', rework: ['draw'], reason: 'Page 2 is missing.' })).status).toBe(200);
  await until(async () => (await call('eva', 'GET', task(id, 'design', 'draw'))).body.status === 'ready', 'the rework');
  const gate = { key: 'design-gate', name: 'design-gate (en)', approval: open.id };
  const sentBack = { person: null, through: null, at: expect.any(String), gate, reason: 'Page 2 is missing.' };
  expect((await call('eva', 'GET', task(id, 'design', 'draw'))).body).toMatchObject({ reopened: 1, sentBack, evidence: null, deliveredBefore: DRAWN });
  expect((await call('eva', 'POST', task(id, 'design', 'draw', 'complete'), { evidence: DRAWN })).status).toBe(200);
  expect((await call('eva', 'GET', task(id, 'design', 'draw'))).body).toMatchObject({ reopened: 1, sentBack: null, evidence: DRAWN, deliveredBefore: null });

  open = await approval('sol');
  const conditions = [{ defect: 'No fire exit', plan: 'Add it', owner: 'engineer', dueDays: 3 }];
  expect((await decide('sol', open, { outcome: 'approve-with-conditions', conditions })).status).toBe(200);
  await until(async () => (await call('mia', 'GET', `/projects/${id}`)).body.conditions.length === 1, 'the condition');
  const project = (await call('mia', 'GET', `/projects/${id}`)).body;
  expect(project.conditions[0]).toMatchObject({ defect: 'No fire exit', plan: 'Add it', owner: { key: 'engineer' }, status: 'ready' });
  expect((await call('eva', 'POST', task(id, 'design', project.conditions[0].task, 'complete'), { evidence: { proof: 'It is there.' } })).status).toBe(200);

  for (const key of ['rack', 'cable']) {
    await until(async () => (await call('eva', 'GET', task(id, 'build', key))).body.status === 'ready', key);
    expect((await call('eva', 'POST', task(id, 'build', key, 'complete'))).status).toBe(200);
  }
  open = await approval('sam');
  await decide('sam', open, { outcome: 'approve' });
  expect((await decide('sol', open, { outcome: 'approve' })).status).toBe(200);
  expect((await decide('sol', open, { outcome: 'approve' })).body.code).toMatch(/approval-closed|already-voted/);
  await until(async () => (await call('eva', 'GET', task(id, 'close', 'archive'))).body.status === 'ready', 'the last phase');
  await call('eva', 'POST', task(id, 'close', 'archive', 'complete'));
  for (let log = 1; log <= 8; log += 1) expect((await call('edo', 'POST', task(id, 'control', `log-${log}`, 'complete'))).status).toBe(200);
  await until(async () => (await call('aude', 'GET', `/projects/${id}`)).body.status === 'completed', 'the end');

  expect((await call('mia', 'POST', `/projects/${id}/hold`, { reason: 'too late' })).body).toMatchObject({ status: 409, code: 'project-ended' });
  await until(async () => (await call('eva', 'POST', task(id, 'close', 'archive', 'reopen'), { reason: 'no' })).body.code === 'phase-closed', 'the phase to close');
  const events = await product.log('aude', id);
  expect(events.at(-1)).toMatchObject({ type: 'project-ended', stream: `project/${id}` });
  expect(events.find((each: { type: string }) => each.type === 'gate-decided').event.reason).toBe('Page 2 is missing.');
  const inbox = (await call('sam', 'GET', '/me/inbox')).body.items;
  expect(inbox.some((each: { kind: string }) => each.kind === 'approval-open')).toBe(true);
  expect((await call('sam', 'POST', `/me/inbox/${encodeURIComponent(inbox[0].id)}/read`)).status).toBe(204);
  expect((await call('sol', 'POST', `/me/inbox/${encodeURIComponent(inbox[0].id)}/read`)).status).toBe(404);
  const unread = (await call('sam', 'GET', '/me/inbox?unread=true')).body;
  expect(unread).toMatchObject({ unread: inbox.length - 1, items: { length: inbox.length - 1 } });
  // As far as it was seen: what came later stays unread.
  const latestSeen = unread.items.at(-1).at;
  expect((await call('sam', 'POST', '/me/inbox/read', { until: latestSeen })).status).toBe(204);
  expect((await call('sam', 'GET', '/me/inbox')).body.unread).toBe(unread.items.filter(({ at }: { at: string }) => at > latestSeen).length);
});
