import { basename } from 'node:path';

/** A commented starting point, which is right as it stands. */
export function newTemplate(file: string): string {
  const key = basename(file).replace(/\.[^.]*$/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '') || 'my-lifecycle';
  return `# A lifecycle. Check it with: sluis template validate, verify and simulate. All that can be said here stands in docs/templates.md.
schema: 1
key: ${key}
version: 0.1.0 # a published version never changes: raise it with every change
name: { nl: Mijn levenscyclus, fr: Mon cycle de vie, en: My lifecycle }
description: { nl: Waarvoor ze dient, fr: À quoi il sert, en: What it is for }
managerRole: project-manager

roles:
  - { key: project-manager, abbreviation: PM, name: { nl: Projectleider, fr: Chef de projet, en: Project manager } }
  - { key: engineer, abbreviation: ENG, name: { nl: Technicus, fr: Technicien, en: Engineer } }
  - { key: sponsor, abbreviation: SP, name: { nl: Opdrachtgever, fr: Commanditaire, en: Sponsor } }

# What a project says when it starts. Conditions (when: …) can ask for it: parameters.outsourced
parameters:
  - { key: outsourced, type: checkbox, default: false, name: { nl: Uitbesteed, fr: Externalisé, en: Outsourced } }

phases:
  - key: prepare
    name: { nl: Voorbereiden, fr: Préparer, en: Prepare }
    kind: stage
    deliverables:
      - { key: plan, kind: plan, name: { nl: Plan van aanpak, fr: Plan d'approche, en: Plan of approach } }
    tasks:
      - key: write-plan
        name: { nl: Het plan van aanpak schrijven, fr: Rédiger le plan d'approche, en: Write the plan of approach }
        rasci: { r: project-manager, a: sponsor } # r does it, a answers for it
        estimate: [2, 3, 6] # working days of work: best, likely, worst
        dueDays: 10 # working days after it became ready
        produces: [plan]
        evidence: # what it must deliver
          - { key: document, type: document, name: { nl: Plan, fr: Plan, en: Plan } }
          - key: risk
            type: choice
            name: { nl: Risico, fr: Risque, en: Risk }
            choices:
              - { key: low, name: { nl: laag, fr: faible, en: low } }
              - { key: high, name: { nl: hoog, fr: élevé, en: high } }
      - key: choose-supplier
        name: { nl: De leverancier kiezen, fr: Choisir le fournisseur, en: Choose the supplier }
        rasci: { r: project-manager, a: sponsor }
        after: [write-plan]
        when: parameters.outsourced # only then
        estimate: [3, 5, 10]
        dueDays: 20
    gate:
      key: ready-to-carry-out
      name: { nl: Klaar om uit te voeren, fr: Prêt à exécuter, en: Ready to carry out }
      criteria:
        - { key: plan, kind: deliverable, deliverable: plan, name: { nl: Het plan is er, fr: Le plan existe, en: The plan exists } }
      approval:
        steps:
          - { key: sponsor, roles: [sponsor], quorum: any }
        remindAfterDays: 3

  - key: carry-out
    name: { nl: Uitvoeren, fr: Exécuter, en: Carry out }
    kind: stage
    after: [prepare]
    tasks:
      - key: do-it
        name: { nl: Het werk doen, fr: Faire le travail, en: Do the work }
        rasci: { r: engineer, a: project-manager }
        estimate: [5, 8, 15]
        dueDays: 20
`;
}
