/**
 * @flow strict
 */
export type Props = { name: string };
export function typed(a: ?string, b: Array<number>): void {}
