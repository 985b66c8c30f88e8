import def, * as all from './x.js';
/** A component. */
export default function Component({ a, b }) { return <div />; }
export class Point { static #p = 1; x = 0; move = (dx) => {}; static create() {} get y() { return 1; } }
export const fn = function* named() {}
export { x as default, y } from './z.js';
export default { a: 1 };
const broken = ;
export let after = 1;
