/** Joins the parts of a path. */
export declare function join(...parts: string[]): string;
/** Not handed on by anyone. */
export declare function helper(): void;
