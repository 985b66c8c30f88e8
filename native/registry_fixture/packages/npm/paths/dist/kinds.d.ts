/** What a path may be. */
export interface Kind {
  absolute: boolean;
}
