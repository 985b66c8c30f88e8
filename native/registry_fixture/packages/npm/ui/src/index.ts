/** What a component is given. */
export interface Props {
  /** Shown as its text. */
  label: string;
  onPress?: () => void;
}

/** A node of the tree which a component returns. */
export type Node = Element | string | null;

/** An element of the tree. */
export class Element {
  constructor(readonly tag: string, readonly props: Props) {}

  /** Renders the element into text. */
  render(): string {
    return `<${this.tag}>${this.props.label}</${this.tag}>`;
  }
}

/** Makes an element from a tag and its props. */
export function createElement(tag: string, props: Props): Element {
  return new Element(tag, props);
}

/** Keeps a value between two renderings of a component. */
export const useState = <T>(initial: T): [T, (value: T) => void] => {
  let value = initial;
  return [value, (next) => { value = next; }];
};
