export function inTest() {}
