/* Licence. */

/**
 * Shapes and what is done with them.
 */
@Nonnull
package org.example.shapes;
