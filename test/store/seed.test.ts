import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../store/client';
import { DEMO_PEOPLE } from '../../store/demo-people';
import { findPersonByToken } from '../../store/reads/authority';
import { seed } from '../../store/seed';
import { compareVersions, findTemplate, listTemplates } from '../../store/templates';
import { hashToken } from '../../store/tokens';
import { type TestDatabase, createTestDatabase } from '../support/database';


const text = { nl: 'x', fr: 'x', en: 'x' };
const template = (version: string, name = text) => JSON.stringify({
  schema: 1, key: 'small', version, name, description: text, managerRole: 'pm', calendar: { extends: 'be', closures: ['2027-12-24'] },
  roles: [{ key: 'pm', abbreviation: 'PM', name: text }],
  phases: [{ key: 'work', name: text, kind: 'stage', tasks: [{ key: 'do', name: text, rasci: { r: 'pm', a: 'pm' } }] }],
});

describe('seeding', () => {
  let test: TestDatabase;
  let db: Database;
  let folder: string;
  beforeAll(async () => {
    test = await createTestDatabase();
    db = openDatabase(test.url);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-seed-'));
  });
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    await db?.close();
    await test?.close();
  });

  it('adds templates, demo people and their tokens, once', async () => {
    fs.writeFileSync(path.join(folder, 'small.yaml'), template('1.0.0'));
    const options = { databaseUrl: test.url, demo: true, templatesFolder: folder };
    const first = await seed(options);
    expect(first.templates).toEqual(['small@1.0.0']);
    // A project can be started at once.
    expect(await db.prisma.calendar.findMany({ where: { key: 'be' }, select: { version: true } })).toEqual([{ version: 1 }]);
    expect(first.tokens.map(({ person, role }) => [person, role])).toEqual(DEMO_PEOPLE.map(({ id, role }) => [id, role]));
    for (const { token, person, role } of first.tokens) {
      const found = await findPersonByToken(db, hashToken(token));
      expect(found).toMatchObject({ id: person, globalRoles: ['p-olga', 'p-pia', 'p-aude'].includes(person) ? [role] : [] });
    }
    expect(await seed(options)).toEqual({ tokens: [], templates: ['small@1.0.0'] });
  });

  it('keeps a published version when the file changes without a new version, and says so', async () => {
    const warnings: string[] = [];
    fs.writeFileSync(path.join(folder, 'small.yaml'), template('1.0.0', { nl: 'y', fr: 'y', en: 'y' }));
    await seed({ databaseUrl: test.url, demo: false, templatesFolder: folder, warn: (message) => warnings.push(message) });
    expect(warnings).toEqual([expect.stringContaining('small@1.0.0')]);
    expect((await findTemplate(db, 'small'))?.name).toEqual(text);
    fs.writeFileSync(path.join(folder, 'small.yaml'), template('1.10.0'));
    await seed({ databaseUrl: test.url, demo: false, templatesFolder: folder });
    fs.writeFileSync(path.join(folder, 'small.yaml'), template('1.9.0'));
    await seed({ databaseUrl: test.url, demo: false, templatesFolder: folder });
    expect((await listTemplates(db)).map(({ version }) => version)).toEqual(['1.10.0', '1.9.0', '1.0.0']);
    expect((await findTemplate(db, 'small'))?.version).toBe('1.10.0');
    expect(await findTemplate(db, 'none')).toBeNull();
  });

  it('names the file and the problem of a template that is not right', async () => {
    fs.writeFileSync(path.join(folder, 'bad.yaml'), 'schema: 2');
    await expect(seed({ databaseUrl: test.url, demo: false, templatesFolder: folder })).rejects.toThrow(/bad\.yaml/);
  });

  it('orders semantic versions', () => {
    const ordered = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0', '1.2.0', '1.10.0'];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });
});
