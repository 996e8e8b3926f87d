import { serviceDigest } from '../../../domain/handover/sign-off';
import { signOffStream } from '../../../domain/handover/streams';
import { handover as handoverProcess } from '../../../domain/handover';
import { verify } from '../../../domain/play/verify';
import { WATERFALL } from '../../support/plans';
import { HANDOVER, handoverPlan, HandoverWorld, HOLDERS, STREAM, SUPPORTED, text, WHO } from '../../support/handovers';
import { World } from '../../support/world';
import { MONDAY, person } from '../../support/scenario';

const DAY = 86_400_000;
const added = (): HandoverWorld => {
  const world = new HandoverWorld();
  expect(world.give(WHO.mia, { type: 'add-services', services: [{ name: text('Backup'), item: 'srv-1' }, { name: text('Portal'), owner: 'ona', teams: ['desk'], levels: [{ name: text('Up'), target: 99.5, unit: 'percent' }] }] })).toBeNull();
  return world;
};

describe('a handover', () => {
  test('opens with its phase and ends with the project; a plan without has none', () => {
    const world = new HandoverWorld();
    expect(world.handover().status).toBe('open');
    world.command(world.root, { type: 'cancel', reason: text('t') }, WHO.mia);
    world.settle();
    expect(world.handover().status).toBe('ended');
    expect(world.projectState().status).toBe('cancelled');
    const other = new World(WATERFALL);
    other.command(other.root, { type: 'start', name: text('t'), roles: HOLDERS }, WHO.olga);
    other.settle();
    expect([...other.actors.keys()].some((id) => id.endsWith('/handover'))).toBe(false);
  });

  test('its template can always finish, whatever is decided', () => {
    expect(verify([handoverPlan()], { start: MONDAY }).findings).toEqual([]);
  });

  test('services are what was said of them, with what the template asks of each', () => {
    const world = added();
    expect(world.service()).toMatchObject({ item: 'srv-1', status: 'preparing', entries: { 'accepted-by-users': { status: 'open' }, 'monitoring': { status: 'open' } }, sessions: { 'session-1': { status: 'wanted', topic: 'running-it' } } });
    expect(world.service('service-2')).toMatchObject({ owner: 'ona', teams: ['desk'], levels: [{ target: 99.5 }] });
    expect(world.give(WHO.mia, { type: 'change-service', service: 'service-2', change: { owner: null, teams: ['servers'] } })).toBeNull();
    expect(world.service('service-2')).not.toHaveProperty('owner');
    expect(world.service('service-2').teams).toEqual(['servers']);
  });

  test.each([
    ['an owner who answers for no service', { name: text('x'), owner: 'eva' }, 'service-invalid'],
    ['a team that there is not', { name: text('x'), teams: ['nobody'] }, 'service-invalid'],
    ['an item that is handed over already', { name: text('x'), item: 'srv-1' }, 'service-invalid'],
    ['more than all of the time', { name: text('x'), levels: [{ name: text('x'), target: 101, unit: 'percent' }] }, 'service-invalid'],
  ])('%s is refused', (_, service, code) => {
    expect(added().give(WHO.mia, { type: 'add-services', services: [service] })).toBe(code);
  });

  test('who has no part may do nothing, and a stranger to the service neither', () => {
    const world = added();
    expect(world.give(person('x'), { type: 'add-services', services: [{ name: text('x') }] })).toBe('not-permitted');
    expect(world.give(WHO.ops, { type: 'add-services', services: [{ name: text('x') }] })).toBe('not-permitted');
    expect(world.give(WHO.ops, { type: 'write-article', service: 'service-2', title: text('x'), text: text('x') })).toBe('not-permitted');
    expect(world.give(WHO.dee, { type: 'write-article', service: 'service-2', title: text('x'), text: text('x') })).toBeNull();
    expect(world.give(WHO.mia, { type: 'withdraw-service', service: 'service-9', reason: text('x') })).toBe('unknown-service');
  });
});

describe('what a service needs', () => {
  test('is met with evidence that fits, by who sees to it or hands over', () => {
    const world = added();
    const meet = { type: 'meet-entry', service: 'service-1', entry: 'monitoring' };
    expect(world.give(WHO.ops, { ...meet, evidence: {} })).toBe('evidence-invalid');
    expect(world.give(WHO.ops, { ...meet, evidence: { alarms: 0 } })).toBe('evidence-invalid');
    expect(world.give(WHO.dee, { ...meet, evidence: { alarms: 2 } })).toBe('not-permitted');
    expect(world.give(WHO.ops, { ...meet, evidence: { alarms: 2 } })).toBeNull();
    expect(world.service().entries['monitoring']).toMatchObject({ status: 'met', by: 'ops', evidence: { alarms: 2 } });
    expect(world.give(WHO.mia, { type: 'reopen-entry', service: 'service-1', entry: 'monitoring', reason: text('x') })).toBeNull();
    expect(world.service().entries['monitoring']).toMatchObject({ status: 'open', reopened: 1 });
    expect(world.service().entries['monitoring']).not.toHaveProperty('evidence');
  });

  test('does not apply only when who receives the service accepts the reason', () => {
    const world = added();
    const about = { service: 'service-1', entry: 'restore' };
    expect(world.give(WHO.eva, { type: 'propose-waiver', service: 'service-1', entry: 'accepted-by-users', reason: text('x') })).toBe('not-waivable');
    expect(world.give(WHO.ops, { type: 'answer-waiver', ...about, accept: true })).toBe('waiver-not-proposed');
    expect(world.give(WHO.eva, { type: 'propose-waiver', ...about, reason: text('no data') })).toBeNull();
    expect(world.give(WHO.eva, { type: 'answer-waiver', ...about, accept: true })).toBe('not-permitted');
    expect(world.give(person('eva', 'engineer', 'operations'), { type: 'answer-waiver', ...about, accept: true })).toBe('separation-of-duties');
    expect(world.give(WHO.ops, { type: 'answer-waiver', ...about, accept: false })).toBe('reason-required');
    expect(world.give(WHO.ops, { type: 'answer-waiver', ...about, accept: false, reason: text('there is') })).toBeNull();
    expect(world.service().entries['restore']).toMatchObject({ status: 'open', missing: text('there is') });
    world.give(WHO.eva, { type: 'propose-waiver', ...about, reason: text('none') });
    expect(world.give(WHO.ops, { type: 'answer-waiver', ...about, accept: true })).toBeNull();
    expect(world.service().entries['restore']).toMatchObject({ status: 'waived', by: 'eva', waivedBy: 'ops', reason: text('none') });
  });

  test('who sees to it and receives the service as well does not answer their own proposal', () => {
    const world = added();
    expect(world.give(WHO.ops, { type: 'propose-waiver', service: 'service-1', entry: 'monitoring', reason: text('x') })).toBeNull();
    expect(world.give(WHO.ops, { type: 'answer-waiver', service: 'service-1', entry: 'monitoring', accept: true })).toBe('separation-of-duties');
    expect(world.give(WHO.dee, { type: 'answer-waiver', service: 'service-1', entry: 'monitoring', accept: true })).toBeNull();
  });

  test('one service can have criteria of its own', () => {
    const world = added();
    const criterion = { title: text('Printing works'), owner: 'engineer', dueDays: 3 };
    expect(world.give(WHO.ops, { type: 'add-criterion', service: 'service-1', criterion: { ...criterion, owner: 'nobody' } })).toBe('service-invalid');
    expect(world.give(WHO.ops, { type: 'add-criterion', service: 'service-1', criterion })).toBeNull();
    expect(world.service().entries['own-1']).toMatchObject({ status: 'open', own: criterion, dueAt: expect.any(Number) });
    expect(world.give(WHO.eva, { type: 'meet-entry', service: 'service-1', entry: 'own-1', evidence: {} })).toBe('evidence-invalid');
    expect(world.give(WHO.eva, { type: 'meet-entry', service: 'service-1', entry: 'own-1', evidence: { note: text('seen') } })).toBeNull();
    expect(world.give(WHO.mia, { type: 'drop-criterion', service: 'service-1', entry: 'own-1' })).toBe('not-permitted');
    expect(world.give(WHO.ops, { type: 'drop-criterion', service: 'service-1', entry: 'monitoring' })).toBe('entry-not-own');
    expect(world.give(WHO.ops, { type: 'drop-criterion', service: 'service-1', entry: 'own-1' })).toBeNull();
  });

  test('what is late is told once', () => {
    const world = added();
    world.give(WHO.ops, { type: 'meet-entry', service: 'service-1', entry: 'monitoring', evidence: { alarms: 2 } });
    for (let round = 0; round < 20; round += 1) world.ring();
    const late = world.actors.get(STREAM)?.log.filter(({ event }) => event.type === 'entry-overdue').map(({ event }) => event);
    expect(late).toEqual([
      { type: 'entry-overdue', service: 'service-1', entry: 'accepted-by-users' }, { type: 'entry-overdue', service: 'service-2', entry: 'accepted-by-users' }, { type: 'entry-overdue', service: 'service-2', entry: 'monitoring' },
    ]);
  });
});

describe('knowledge', () => {
  test('a session is planned, held with who was there, and confirmed by who receives the service', () => {
    const world = added();
    const about = { service: 'service-1', session: 'session-1' };
    expect(world.give(WHO.mia, { type: 'plan-session', ...about, at: world.now + DAY, givenBy: 'eva' })).toBeNull();
    expect(world.service().sessions['session-1']).toMatchObject({ status: 'planned', givenBy: 'eva', topic: 'running-it' });
    expect(world.give(WHO.ops, { type: 'answer-session', ...about })).toBe('session-not-held');
    expect(world.give(WHO.eva, { type: 'hold-session', ...about, heldAt: world.now + DAY, attended: ['ops'] })).toBe('session-invalid');
    expect(world.give(WHO.eva, { type: 'hold-session', ...about, heldAt: world.now, attended: [] })).toBe('session-invalid');
    expect(world.give(WHO.eva, { type: 'hold-session', ...about, heldAt: world.now, attended: ['ops', 'ops'], material: [{ name: text('slides') }] })).toBeNull();
    expect(world.give(WHO.eva, { type: 'answer-session', ...about })).toBe('not-permitted');
    expect(world.give(WHO.ops, { type: 'answer-session', ...about })).toBeNull();
    expect(world.service().sessions['session-1']).toMatchObject({ status: 'confirmed', attended: ['ops'], answeredBy: 'ops' });
    expect(world.give(WHO.ops, { type: 'answer-session', ...about, missing: text('x') })).toBe('session-settled');
  });

  test('what is still missing makes a new session, which can not be dropped', () => {
    const world = added();
    const about = { service: 'service-1', session: 'session-1' };
    world.give(WHO.eva, { type: 'hold-session', ...about, heldAt: world.now, attended: ['ops'] });
    expect(world.give(WHO.ops, { type: 'answer-session', ...about, missing: text('the restore') })).toBeNull();
    expect(world.service().sessions).toMatchObject({ 'session-1': { status: 'incomplete', missing: text('the restore') }, 'session-2': { status: 'wanted', follows: 'session-1', topic: 'running-it', wanted: text('the restore') } });
    expect(world.give(WHO.ops, { type: 'drop-session', service: 'service-1', session: 'session-2', reason: text('x') })).toBe('entry-not-own');
    expect(world.give(WHO.ops, { type: 'plan-session', service: 'service-1', kind: 'reverse-shadowing', subject: text('We do it') })).toBeNull();
    expect(world.give(WHO.ops, { type: 'drop-session', service: 'service-1', session: 'session-3', reason: text('x') })).toBeNull();
  });

  test('articles are written, changed and dropped; a number is not given twice', () => {
    const world = added();
    const article = { service: 'service-1', title: text('Restart'), text: text('How') };
    world.give(WHO.eva, { type: 'write-article', ...article });
    world.give(WHO.dee, { type: 'write-article', ...article, article: 'article-1', text: text('Better') });
    expect(world.service().articles['article-1']).toMatchObject({ text: text('Better'), by: 'dee' });
    world.give(WHO.dee, { type: 'drop-article', service: 'service-1', article: 'article-1' });
    world.give(WHO.eva, { type: 'write-article', ...article });
    expect(Object.keys(world.service().articles)).toEqual(['article-2']);
    expect(world.give(WHO.eva, { type: 'drop-article', service: 'service-1', article: 'article-1' })).toBe('unknown-article');
    const articles = handoverProcess.rows(world.handover()).filter(({ table }) => table === 'article');
    expect(articles.map(({ data }) => (data as { dropped?: boolean }).dropped ?? false)).toEqual([true, false]);
  });
});

describe('sign-off', () => {
  test('is asked for once all is there, and what is missing is named', () => {
    const world = added();
    expect(world.give(WHO.mia, { type: 'ask-sign-off', service: 'service-1' })).toBe('service-not-ready');
    world.prepare('service-1', ['session-1']);
    expect(world.command(STREAM, { type: 'ask-sign-off', service: 'service-1' }, WHO.mia)?.facts).toMatchObject({ missing: ['session-1'] });
    world.prepare();
    expect(world.give(WHO.mia, { type: 'ask-sign-off', service: 'service-1' })).toBeNull();
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 1, digest: serviceDigest(world.handover(), 'service-1', world.service()) });
  });

  test('all sign, and the service is transferred; the gate finds it so', () => {
    const world = new HandoverWorld();
    world.ready();
    expect(world.sign(WHO.ona)).toBeNull();
    expect(world.service().status).toBe('preparing');
    expect(world.sign(WHO.ops)).toBeNull();
    expect(world.service()).toMatchObject({ status: 'transferred', signOff: { status: 'signed' } });
    expect(world.projectState().handovers).toEqual({ handover: { round: 1, reached: 'transferred' } });
    expect(world.stage('handover').handovers).toEqual({ handover: 'transferred' });
    expect(world.give(WHO.mia, { type: 'change-service', service: 'service-1', change: { name: text('x') } })).toBe('service-over');
  });

  test('the gate stays shut until every service has come so far', () => {
    const world = new HandoverWorld();
    const stage = `project/P/phase/handover/1`;
    world.command(stage, { type: 'claim', task: 'agree' }, WHO.eva);
    world.command(stage, { type: 'complete', task: 'agree', evidence: {} }, WHO.eva);
    world.settle();
    expect(world.stage('handover').gate.status).toBe('waiting');
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text('Other') }] });
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text('Backup') }] });
    world.prepare('service-2');
    world.give(WHO.mia, { type: 'ask-sign-off', service: 'service-2' });
    world.sign(WHO.ona, 'approve', {}, 'service-2');
    world.sign(WHO.ops, 'approve', {}, 'service-2');
    expect(world.service('service-2').status).toBe('transferred');
    expect(world.stage('handover').gate.status).toBe('waiting');
    world.give(WHO.mia, { type: 'withdraw-service', service: 'service-1', reason: text('not needed') });
    expect(world.stage('handover').gate.status).toBe('open');
    // Another one comes: what the approvers look at is another now.
    world.give(WHO.mia, { type: 'add-services', services: [{ name: text('Late') }] });
    expect(world.stage('handover').gate.status).toBe('waiting');
  });

  test('who hands over does not sign, also in another role', () => {
    const world = new HandoverWorld();
    world.command(world.root, { type: 'assign-roles', roles: { operations: ['ops', 'eva'] } }, WHO.mia);
    world.settle();
    world.ready();
    expect(world.sign(person('eva', 'engineer', 'operations'))).toBe('not-in-electorate');
    expect(world.approvals()[0]?.barred).toEqual(['edo', 'eva', 'mia']);
  });

  test('a service with an owner is signed by that owner; who takes the place of one who left signs', () => {
    const world = added();
    world.prepare('service-2', ['session-1']);
    world.give(WHO.eva, { type: 'hold-session', service: 'service-2', session: 'session-1', heldAt: world.now, attended: ['dee'] });
    world.give(WHO.dee, { type: 'answer-session', service: 'service-2', session: 'session-1' });
    expect(world.give(WHO.mia, { type: 'ask-sign-off', service: 'service-2' })).toBeNull();
    expect(world.sign(WHO.ole, 'approve', {}, 'service-2')).toBe('not-in-electorate');
    world.hearFromDirectory({ left: { ona: 'ole' } });
    world.settle();
    expect(world.service('service-2').owner).toBe('ole');
    expect(world.service('service-2').signOff).toMatchObject({ status: 'open', round: 2 });
    expect(world.sign(WHO.ole, 'approve', {}, 'service-2')).toBeNull();
  });

  test('votes fall with any change, and it is asked anew by itself', () => {
    const world = new HandoverWorld();
    world.ready();
    world.sign(WHO.ona);
    world.give(WHO.ops, { type: 'meet-entry', service: 'service-1', entry: 'monitoring', evidence: { alarms: 9 } });
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 2 });
    expect(world.approvals().map(({ status, votes }) => [status, votes.length])).toEqual([['withdrawn', 1], ['open', 0]]);
    world.give(WHO.dee, { type: 'add-criterion', service: 'service-1', criterion: { title: text('One more'), owner: 'engineer' } });
    expect(world.service().signOff).toMatchObject({ status: 'waiting', wanted: true });
    world.give(WHO.eva, { type: 'meet-entry', service: 'service-1', entry: 'own-1', evidence: { note: text('done') } });
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 3 });
  });

  test('a refusal names what is missing and reopens only that', () => {
    const world = new HandoverWorld();
    world.ready();
    expect(world.sign(WHO.ops, 'rework', { rework: ['nice'] })).toBe('rework-unknown-task');
    expect(world.sign(WHO.ops, 'rework', { rework: ['monitoring', 'session-1'] })).toBeNull();
    const service = world.service();
    expect(service.signOff).toMatchObject({ status: 'refused', missing: ['monitoring', 'session-1'] });
    expect(service.entries).toMatchObject({ 'monitoring': { status: 'open', missing: text('why') }, 'restore': { status: 'met' }, 'accepted-by-users': { status: 'met' } });
    expect(service.sessions).toMatchObject({ 'session-1': { status: 'incomplete' }, 'session-2': { status: 'wanted', follows: 'session-1' } });
    world.give(WHO.ops, { type: 'meet-entry', service: 'service-1', entry: 'monitoring', evidence: { alarms: 5 } });
    world.give(WHO.eva, { type: 'hold-session', service: 'service-1', session: 'session-2', heldAt: world.now, attended: ['ops'] });
    world.give(WHO.ops, { type: 'answer-session', service: 'service-1', session: 'session-2' });
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 2 });
  });

  test('on hold nothing changes and nobody is asked; after it goes on', () => {
    const world = new HandoverWorld();
    world.ready();
    world.command(world.root, { type: 'hold', reason: text('t') }, WHO.mia);
    world.settle();
    expect(world.give(WHO.eva, { type: 'reopen-entry', service: 'service-1', entry: 'restore', reason: text('x') })).toBe('project-held');
    expect(world.sign(WHO.ona)).toBe('project-held');
    world.command(world.root, { type: 'resume' }, WHO.mia);
    world.settle();
    expect(world.sign(WHO.ona)).toBeNull();
  });

  test('an approval that is gone is asked anew', () => {
    const world = new HandoverWorld();
    world.ready();
    world.actors.get(STREAM)?.runner.issue({ type: 'child-lost', child: signOffStream(STREAM, 'service-1', 1) } as never, 'upkeep', world.now);
    world.settle();
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 2 });
  });
});

describe('conditional acceptance', () => {
  const condition = { defect: text('Alarm too late'), plan: text('New sensor'), owner: 'engineer', dueDays: 5 };
  const accepted = (): HandoverWorld => {
    const world = new HandoverWorld();
    world.ready();
    expect(world.sign(WHO.ona, 'approve-with-conditions', { conditions: [condition] })).toBeNull();
    expect(world.sign(WHO.ops)).toBeNull();
    return world;
  };
  const expire = (world: HandoverWorld): void => {
    for (let round = 0; round < 40 && world.service().conditions['condition-1-1']?.status === 'open'; round += 1) world.ring();
    world.settle();
  };

  test('has an owner and an end, and is met with a word on how', () => {
    const world = accepted();
    expect(world.service()).toMatchObject({ status: 'transferred', signOff: { status: 'signed-with-conditions' }, conditions: { 'condition-1-1': { status: 'open', owner: 'engineer', dueAt: expect.any(Number) } } });
    expect(world.give(WHO.ops, { type: 'meet-condition', service: 'service-1', condition: 'condition-1-1', note: text('x') })).toBe('not-permitted');
    expect(world.give(WHO.eva, { type: 'meet-condition', service: 'service-1', condition: 'condition-1-1', note: text('sensor is in') })).toBeNull();
    expect(world.give(WHO.eva, { type: 'meet-condition', service: 'service-1', condition: 'condition-1-1', note: text('x') })).toBe('condition-over');
  });

  test('expires by itself, stays on the service, and is accepted anew or met', () => {
    const world = accepted();
    const { dueAt } = world.service().conditions['condition-1-1'] ?? {};
    expire(world);
    expect(world.service().conditions['condition-1-1']).toMatchObject({ status: 'expired', expiredAt: dueAt });
    const state = world.handover();
    const told = handoverProcess.react(state, { seq: 1, at: world.now, by: { kind: 'system', source: 'timer' }, commandId: '', event: { type: 'condition-expired', service: 'service-1', condition: 'condition-1-1' } });
    expect(told).toEqual([{ kind: 'notify', notice: 'acceptance-expired', to: { roles: ['engineer', 'owner', 'manager', 'sponsor'] }, about: { project: 'P', phase: 'handover', service: 'service-1', title: text('Backup') } }]);
    expect(world.give(WHO.eva, { type: 'renew-condition', service: 'service-1', condition: 'condition-1-1', dueDays: 3, note: text('x') })).toBe('not-permitted');
    expect(world.give(WHO.ona, { type: 'renew-condition', service: 'service-1', condition: 'condition-1-1', dueDays: 501, note: text('x') })).toBe('condition-invalid');
    expect(world.give(WHO.ona, { type: 'renew-condition', service: 'service-1', condition: 'condition-1-1', dueDays: 3, note: text('sensor is late') })).toBeNull();
    expect(world.service().conditions['condition-1-1']).toMatchObject({ status: 'open', renewed: 1 });
    expire(world);
    expect(world.service().conditions['condition-1-1']).toMatchObject({ status: 'expired' });
    expect(world.give(WHO.eva, { type: 'meet-condition', service: 'service-1', condition: 'condition-1-1', note: text('in') })).toBeNull();
  });
});

describe('early-life support', () => {
  const supported = (): HandoverWorld => {
    const world = new HandoverWorld(handoverPlan(SUPPORTED));
    world.ready();
    world.sign(WHO.ona);
    world.sign(WHO.ops);
    return world;
  };

  test('begins with the sign-off; the gate of the handover may open, that of the support not yet', () => {
    const world = supported();
    expect(world.service()).toMatchObject({ status: 'early-life', earlyLife: { from: '2026-10-05', length: 5 } });
    expect(world.stage('handover').handovers).toEqual({ handover: 'accepted' });
    expect(world.give(WHO.mia, { type: 'transfer', service: 'service-1' })).toBe('not-permitted');
    expect(world.give(WHO.ops, { type: 'transfer', service: 'service-1' })).toBe('early-life-not-over');
  });

  test('a service is handed back with what is missing, that alone is done again, and it is signed off anew', () => {
    const world = supported();
    const back = { type: 'hand-back', service: 'service-1', reason: text('it falls over at night') };
    expect(world.give(WHO.mia, { ...back, missing: ['monitoring'] })).toBe('not-permitted');
    expect(world.give(WHO.ops, { ...back, missing: [] })).toBe('service-invalid');
    expect(world.give(WHO.ops, { ...back, missing: ['nice'] })).toBe('service-invalid');
    expect(world.give(WHO.ops, { ...back, missing: ['monitoring'] })).toBeNull();
    expect(world.service()).toMatchObject({ status: 'handed-back', handedBack: { by: 'ops', missing: ['monitoring'] }, entries: { monitoring: { status: 'open', missing: back.reason }, restore: { status: 'met' } }, earlyLife: { endedAt: expect.any(Number) } });
    expect(world.stage('handover').handovers).toEqual({ handover: 'none' });
    expect(world.give(WHO.ops, { ...back, missing: ['restore'] })).toBe('service-not-handed-over');
    world.give(WHO.ops, { type: 'meet-entry', service: 'service-1', entry: 'monitoring', evidence: { alarms: 12 } });
    expect(world.service().signOff).toMatchObject({ status: 'open', round: 2 });
    world.sign(WHO.ona);
    world.sign(WHO.ops);
    expect(world.service()).toMatchObject({ status: 'early-life', signOff: { status: 'signed', round: 2 } });
    expect(world.service()).not.toHaveProperty('handedBack');
    expect(world.service().earlyLife).not.toHaveProperty('endedAt');
  });

  test('a criterion that is added meanwhile makes the sign-off fall; without it nothing is transferred', () => {
    const world = supported();
    world.give(WHO.ops, { type: 'add-criterion', service: 'service-1', criterion: { title: text('Printing'), owner: 'engineer' } });
    expect(world.service()).toMatchObject({ status: 'early-life', signOff: { status: 'waiting' } });
    expect(world.give(WHO.ops, { type: 'transfer', service: 'service-1' })).toBe('service-not-signed');
    world.give(WHO.eva, { type: 'meet-entry', service: 'service-1', entry: 'own-1', evidence: { note: text('prints') } });
    world.sign(WHO.ona);
    world.sign(WHO.ops);
    expect(world.service()).toMatchObject({ status: 'early-life', signOff: { status: 'signed', round: 2 } });
  });

  test('what is handed back while its sign-off is asked for anew is not to be signed any more', () => {
    const world = supported();
    world.give(WHO.ops, { type: 'add-criterion', service: 'service-1', criterion: { title: text('Printing'), owner: 'engineer' } });
    world.give(WHO.eva, { type: 'meet-entry', service: 'service-1', entry: 'own-1', evidence: { note: text('prints') } });
    world.settle();
    const open = (): number[] => world.approvals().filter(({ status, input }) => status === 'open' && input.service !== undefined).map(({ input }) => input.round);
    expect(open()).toEqual([2]);
    expect(world.give(WHO.ops, { type: 'hand-back', service: 'service-1', reason: text('it falls over'), missing: ['own-1'] })).toBeNull();
    world.settle();
    expect(world.service()).toMatchObject({ status: 'handed-back', signOff: { status: 'waiting' } });
    expect(open()).toEqual([]);
  });
});

describe('another plan', () => {
  test('adds what it asks of services, takes away what it does not, and their sign-offs fall', () => {
    const world = new HandoverWorld();
    world.ready();
    const next = handoverPlan({
      ...HANDOVER, entries: [...HANDOVER.entries.filter(({ key }) => key !== 'nice'), { key: 'continuity', kind: 'readiness', area: 'continuity', owner: 'operations', mandatory: true, evidence: [] }],
      topics: [...HANDOVER.topics, { key: 'night', kind: 'shadowing' }],
    });
    expect(world.migrate({ ...next, template: { key: 'test', version: '2.0.0', digest: 'e' } }, WHO.mia)).toBeNull();
    world.settle();
    const service = world.service();
    expect(Object.keys(service.entries).sort()).toEqual(['accepted-by-users', 'continuity', 'monitoring', 'restore']);
    expect(service.entries['monitoring']).toMatchObject({ status: 'met' });
    expect(service.sessions['session-2']).toMatchObject({ topic: 'night', status: 'wanted' });
    expect(service.signOff).toMatchObject({ status: 'waiting', wanted: true });
  });
});
