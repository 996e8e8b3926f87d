/** The texts of each room. English gives the keys; the other languages must have the same. */
import type agile from './en/agile';
import type app from './en/app';
import type changes from './en/changes';
import type gate from './en/gate';
import type handover from './en/handover';
import type inbox from './en/inbox';
import type help from './en/help';
import type moves from './en/moves';
import type myWork from './en/my-work';
import type task from './en/task';
import type portfolio from './en/portfolio';
import type project from './en/project';
import type projects from './en/projects';
import type proof from './en/proof';
import type record from './en/record';
import type search from './en/search';
import type services from './en/services';
import type simulation from './en/simulation';
import type start from './en/start';
import type templateProblems from './en/template-problems';
import type templates from './en/templates';
import type timeline from './en/timeline';
import type versions from './en/versions';
import type waterway from './en/waterway';
import type absence from './en/absence';
import type people from './en/people';
import type programs from './en/programs';
import type calendars from './en/calendars';
import type workload from './en/workload';

export interface Resources {
  readonly app: typeof app;
  readonly 'calendars': typeof calendars;
  readonly 'workload': typeof workload;
  readonly 'programs': typeof programs;
  readonly 'people': typeof people;
  readonly 'agile': typeof agile;
  readonly 'absence': typeof absence;
  readonly 'changes': typeof changes;
  readonly 'gate': typeof gate;
  readonly 'handover': typeof handover;
  readonly 'inbox': typeof inbox;
  readonly 'help': typeof help;
  readonly 'moves': typeof moves;
  readonly 'my-work': typeof myWork;
  readonly 'task': typeof task;
  readonly 'portfolio': typeof portfolio;
  readonly 'project': typeof project;
  readonly 'projects': typeof projects;
  readonly 'proof': typeof proof;
  readonly 'record': typeof record;
  readonly 'search': typeof search;
  readonly 'services': typeof services;
  readonly 'simulation': typeof simulation;
  readonly 'start': typeof start;
  readonly 'template-problems': typeof templateProblems;
  readonly 'templates': typeof templates;
  readonly 'timeline': typeof timeline;
  readonly 'versions': typeof versions;
  readonly 'waterway': typeof waterway;
}

export type Namespace = keyof Resources;
/** What a language must have that translates these. */
export type Texts<T> = { readonly [K in keyof T]: string };
