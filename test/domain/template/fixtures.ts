/** A small template that uses everything the format can, its plan, and a calendar. */
import type { WorkingCalendar } from '../../../domain/calendar';
import { parseTemplate, type Template } from '../../../domain/template/schema';

/** Ten years of Monday to Friday from 2026-01-01, a Thursday; Brussels without its clock changes. */
export const calendar: WorkingCalendar = {
  key: 'be', version: 1, from: '2026-01-01', days: '1100111'.padEnd(3653, '1100111'), timeZone: 'Europe/Brussels', offsets: [[0, 60]],
  startMinute: 540, endMinute: 1020,
};

export const SMALL = `
schema: 1
key: small
version: 1.2.0
name: { nl: Klein, fr: Petit, en: Small }
description: { nl: Klein maar volledig, fr: Petit mais complet, en: Small but complete }
managerRole: manager
roles:
  - { key: manager, abbreviation: PM, name: { nl: Projectleider, fr: Chef de projet, en: Project manager } }
  - { key: owner, abbreviation: PO, name: { nl: Eigenaar, fr: Propriétaire, en: Owner } }
  - key: board
    abbreviation: SC
    name: { nl: Stuurgroep, fr: Comité de pilotage, en: Steering committee }
    description: { nl: Beslist, fr: Décide, en: Decides }
    members: [owner, manager]
    chair: owner
phases:
  - key: build
    name: { nl: Bouwen, fr: Construire, en: Build }
    kind: stage
    drivenBy: manager
    deliverables:
      - { key: design, kind: artefact, name: { nl: Ontwerp, fr: Conception, en: Design }, description: { nl: Hoe, fr: Comment, en: How } }
    tasks:
      - key: draw
        name: { nl: Ontwerpen, fr: Concevoir, en: Draw }
        guidance: { nl: Houd het klein, fr: Restez simple, en: Keep it small }
        rasci: { r: manager, a: owner, s: [manager], c: [board], i: [owner] }
        dueDays: 5
        produces: [design]
        evidence:
          - { key: drawing, type: document, name: { nl: Tekening, fr: Plan, en: Drawing } }
          - key: size
            type: choice
            name: { nl: Omvang, fr: Taille, en: Size }
            choices:
              - { key: small, name: { nl: klein, fr: petite, en: small } }
              - { key: large, name: { nl: groot, fr: grande, en: large } }
          - { key: racks, type: number, min: 1, max: 40, required: false, name: { nl: Racks, fr: Baies, en: Racks } }
          - { key: checked, type: checkbox, name: { nl: Nagekeken, fr: Vérifié, en: Checked } }
      - key: check
        name: { nl: Nakijken, fr: Vérifier, en: Check }
        rasci: { r: owner, a: owner }
        after: [draw, { phase: watch, reaches: open }]
    gate:
      key: ready
      name: { nl: Klaar, fr: Prêt, en: Ready }
      criteria:
        - { key: design-there, kind: deliverable, deliverable: design, name: { nl: Ontwerp is er, fr: La conception est là, en: Design exists } }
        - { key: is-checked, kind: evidence, test: { task: draw, field: checked, is: [true] }, name: { nl: Nagekeken, fr: Vérifié, en: Checked } }
        - { key: good, kind: judged, mandatory: false, name: { nl: Goed, fr: Bon, en: Good } }
      approval:
        steps:
          - { key: board, roles: [board], quorum: 1 }
          - key: owner
            name: { nl: Eigenaar beslist, fr: Le propriétaire décide, en: Owner decides }
            roles: [owner]
            quorum: all
            when: { task: draw, field: size, is: [large] }
        remindAfterDays: 2
        escalateAfterDays: 5
        escalateTo: owner
      onStop: close
  - key: close
    name: { nl: Afsluiten, fr: Clôturer, en: Close }
    kind: stage
    after: [build]
    tasks:
      - { key: archive, name: { nl: Archiveren, fr: Archiver, en: Archive }, rasci: { r: manager, a: owner } }
  - key: watch
    name: { nl: Opvolgen, fr: Suivre, en: Watch }
    kind: stage
    tasks:
      - key: report
        name: { nl: Rapporteren, fr: Rapporter, en: Report }
        rasci: { r: manager, a: owner }
        after: [{ phase: build, reaches: passed }]
`;

/** The small template, parsed. */
export function small(): Template {
  const parsed = parseTemplate(SMALL);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return structuredClone(parsed.template);
}
