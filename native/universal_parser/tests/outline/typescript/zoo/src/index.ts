/**
 * The zoo.
 * @packageDocumentation
 */
import fs, { readFile as read } from "node:fs";
import * as path from 'path';
export * from "./animals";
export * as birds from "./birds";
export { Lion, Tiger as Cat } from "./cats";

/** Kept at the door. */
export const LIMIT = 10, OPEN: boolean = true;
const hidden = 1;

/**
 * Feeds an animal.
 *
 * @param animal - which one
 */
export async function feed<T extends Animal>(
  animal: T, // never null
  amount?: number,
): Promise<void> {
  const inner = () => 1;
}

export function over(a: string): string;
export function over(a: number): number;
export function over(a: any): any { return a; }

/** @internal */
export function secret() {}
function later(): void {}
function renamed(): void {}
export { later, renamed as publicName };

export const arrow = (a: string): number => a.length;
export const { left, right: other } = sides();
export const schema = object({ a: string(), b: string(), c: string(), d: string(), e: string(), f: string() });

/** Any animal. */
@register("animal")
export abstract class Animal<T = unknown> extends Base implements Fed {
  /** How it is called. */
  readonly name: string = "none";
  static count = 0;
  #really = 1;
  private age = 3;
  protected mood?: Mood;
  handler = (event: Event): void => {};
  constructor(public readonly weight: number, height: number) { super(); }
  /** Its noise. */
  abstract noise(times: number): string;
  @log()
  logged() {}
  get size(): number { return 1; }
  set size(value: number) {}
  private hide() {}
  /** @deprecated use noise */
  async *old(): AsyncGenerator<string> {}
  [Symbol.iterator]() { return null!; }
  "quoted name"() {}
}

export interface Fed extends Base<string> {
  /** Food per day. */
  amount?: number;
  eat(food: Food): void;
  new (x: number): Fed;
  (call: string): void;
  [key: string]: unknown;
}

export type Mood = "good" | "bad";
/** Options. */
export type Options = {
  /** Loud? */
  loud: boolean;
};
export type Long<T> = T extends string ? { a: string, b: string, c: string } : { d: number, e: number, f: number, g: number };

/** Sorts. */
export enum Kind { 
  /** Fur. */
  Mammal, Bird = 4, "quoted" = 5 }
declare const enum Ambient { A }

export namespace Keeper {
  export function hire(): void {}
  function fire() {}
  export namespace Deep.Down { export const x = 1; }
}
declare module "./other" { interface Extra { y: number } }
declare global { interface Window { zoo: string } var ZOO: string; }

const Anonymous = class { run() {} };
export default class extends Animal { bark() {} }
export default function main() {}
