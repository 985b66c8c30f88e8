/** Only for those who ask for it. */
export declare function deep(levels?: number): string;
