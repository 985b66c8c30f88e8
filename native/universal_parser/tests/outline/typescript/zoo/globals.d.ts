/** The process. */
declare var process: NodeJS.Process;
declare function setTimer(callback: () => void, ms?: number): Timer;
declare namespace NodeJS {
    interface Process { /** Arguments. */ argv: string[]; on(event: "exit", listener: (code: number) => void): this; }
    function inner(): void;
}
declare module "fs" {
    import * as stream from "node:stream";
    /** Reads. */
    export function readFile(path: string): void;
    const implicit: number;
    class Stats { size: number; }
    global { namespace NodeJS { interface Late {} } }
}
declare module "node:fs" { export * from "fs"; }
interface Array<T> { at(index: number): T | undefined }
