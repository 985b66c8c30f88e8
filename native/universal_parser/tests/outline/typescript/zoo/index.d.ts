import { X } from "./x";
declare function notExported(): void;
declare function exportedLater(a: X): void;
export declare class Declared { method(): void; private own; }
export { exportedLater };
declare const _default: Declared;
export default _default;
