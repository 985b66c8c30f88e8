export { join } from "./internal/join.js";
export * from "./kinds.js";
