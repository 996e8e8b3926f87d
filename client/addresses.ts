/** Types of requests by their addresses as programs write them: a template text such as `/projects/${project}/tasks`. */
import type { paths } from './generated/api';

type Method = 'get' | 'post' | 'put';
type Base = '/api/v1';

/** `/projects/{project}/tasks` as the type of all texts of that form. */
type Form<P extends string> = P extends `${infer Before}{${string}}${infer After}` ? `${Before}${string}${Form<After>}` : P;

/** The path of the document whose form an address has, and no other: `/projects/${string}` is not `/projects/${string}/tasks`. */
type PathOf<M extends Method, A extends string> = {
  [P in keyof paths]: P extends `${Base}${infer Rest}` ? (paths[P] extends Record<M, object> ? (A extends Form<Rest> ? (Form<Rest> extends A ? P : never) : never) : never) : never;
}[keyof paths];

type Operation<M extends Method, A extends string> = paths[PathOf<M, A>][M];
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;

/** An address that the API has for a method; a request to any other does not compile. */
export type Address<M extends Method, A extends string> = [PathOf<M, A>] extends [never] ? never : A;
/** What the API answers once it has done what was asked. */
export type AnswerTo<M extends Method, A extends string> =
  Operation<M, A> extends { responses: infer R } ? (R extends { 200: infer Ok } ? Json<Ok> : R extends { 201: infer Made } ? Json<Made> : R extends { 202: infer Taken } ? Json<Taken> : undefined) : never;
export type QueryFor<M extends Method, A extends string> = Operation<M, A> extends { parameters: { query?: infer Q } } ? Q : never;
export type BodyFor<M extends Method, A extends string> = Operation<M, A> extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
/** What each page of a list holds. */
export type ItemOf<A extends string> = AnswerTo<'get', A> extends { items: readonly (infer I)[] } ? I : never;
