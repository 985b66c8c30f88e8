"use strict";

/**
 * Mounts an element below a parent node.
 * @param {object} element
 * @param {object} parent
 */
export function mount(element, parent) {
  parent.innerHTML = element.render();
}

export class Portal {
  /** Moves the portal elsewhere. */
  move(target) {
    this.target = target;
  }
}
